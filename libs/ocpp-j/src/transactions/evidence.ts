import { billOf, lastRegisterWh } from '../registers/index.ts';
import type { TransactionMessage } from './message.ts';
import { isStopRecord, type TransactionState } from './state.ts';

/** Clocks are set while a transaction runs: two times this close together are no contradiction. */
const CLOCK_SLACK_MS = 60_000;
/** If one fit is nearer than the next by this factor, the next is not meant. */
const CLEARLY_NEARER = 10;
/** Within this distance all fits are equally good, because registers are sent in steps and late. Wh. */
const NEAR_WH = 10;

/** Tags and tokens are compared in any letter case, and chargers pad them. */
export function sameToken(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** `yes`: the same token, or one of its group. `no`: the token of somebody else. */
export function tokenFits(transaction: TransactionState, message: TransactionMessage): 'yes' | 'no' | 'unknown' {
  const reported = message.idToken?.idToken;
  const known = transaction.idToken?.idToken;
  if (!reported || !known) return 'unknown';
  const groups = [transaction.groupToken, message.groupToken].filter((group) => group !== null && group !== undefined);
  if (sameToken(reported, known)) return 'yes';
  if (groups.length === 2 && sameToken(groups[0] as string, groups[1] as string)) return 'yes';
  if (transaction.groupToken !== null && sameToken(reported, transaction.groupToken)) return 'yes';
  if (message.groupToken !== undefined && sameToken(known, message.groupToken)) return 'yes';
  return 'no';
}

export function isLater(at: number, than: number): boolean {
  return at > than + CLOCK_SLACK_MS;
}

/** A stop is not before its start, and a charge point sends nothing about a transaction after its stop. */
function timeFits(transaction: TransactionState, message: TransactionMessage): boolean {
  if (message.assumed) return transaction.startReceivedAt <= message.receivedAt;
  if (!transaction.startAssumed && isLater(transaction.start.at, message.at)) return false;
  return transaction.startAssumed || !isLater(transaction.lastEventAt, message.at);
}

/** A stop is not below its transaction's last register, nor above the register at which the next one began there. */
export function registerFits(
  transaction: TransactionState,
  message: TransactionMessage,
  all: readonly TransactionState[],
): boolean {
  const { stopWh } = message;
  const last = lastRegisterWh(transaction.registers);
  return stopWh === undefined || ((last === null || stopWh >= last) && !exceeds(transaction, message, all));
}

/** Whether the stop's register is above that at which the next transaction began there. */
export function exceeds(
  transaction: TransactionState,
  { stopWh }: TransactionMessage,
  all: readonly TransactionState[],
): boolean {
  const next = nextStartWh(transaction, all);
  return stopWh !== undefined && next !== null && stopWh > next;
}

export function fits(
  transaction: TransactionState,
  message: TransactionMessage,
  all: readonly TransactionState[],
): boolean {
  const token = tokenFits(transaction, message);
  return (
    token !== 'no' &&
    timeFits(transaction, message) &&
    registerFits(transaction, message, all) &&
    placeFits(transaction, message) &&
    (token === 'yes' || !isOver(transaction, message, all))
  );
}

/** Whether the next transaction had begun there when the message was made. */
export function isFollowed(
  transaction: TransactionState,
  message: TransactionMessage,
  all: readonly TransactionState[],
): boolean {
  return nextThere(transaction, all).some((next) =>
    message.assumed || next.startAssumed
      ? next.startReceivedAt < message.receivedAt
      : isLater(message.at, next.start.at),
  );
}

/** Another transaction followed, and no register shows whether the stop may be an earlier one with a late time. */
function isOver(transaction: TransactionState, message: TransactionMessage, all: readonly TransactionState[]): boolean {
  const unmeasured = message.stopWh === undefined || nextStartWh(transaction, all) === null;
  return unmeasured && isFollowed(transaction, message, all);
}

/**
 * The one that is meant where several fit: by the token of the message, then by what ran at its time, else the one
 * clearly nearest by its register.
 */
export function preferred(
  fitting: readonly TransactionState[],
  message: TransactionMessage,
  all: readonly TransactionState[],
): TransactionState | undefined {
  if (fitting.length <= 1) return fitting[0];
  const better = [
    (each: TransactionState) => tokenFits(each, message) === 'yes',
    (each: TransactionState) => !isOver(each, message, all),
    (each: TransactionState) => hadBegun(each, message),
  ]
    .map((speaksFor) => fitting.filter(speaksFor))
    .find(({ length }) => length > 0 && length < fitting.length);
  return better ? preferred(better, message, all) : nearest(fitting, message);
}

/** Whether it began before the message was made, by the charger's clock to the letter. */
export function hadBegun({ start, startAssumed }: TransactionState, { at, assumed }: TransactionMessage): boolean {
  return assumed || startAssumed || start.at < at;
}

function nearest(fitting: readonly TransactionState[], { stopWh }: TransactionMessage): TransactionState | undefined {
  if (stopWh === undefined) return undefined;
  const distances = fitting.map((transaction) => {
    const last = lastRegisterWh(transaction.registers);
    return { transaction, distance: last === null ? Number.NaN : stopWh - last };
  });
  if (distances.some(({ distance }) => Number.isNaN(distance))) return undefined;
  const [first, second] = distances.toSorted((one, other) => one.distance - other.distance);
  if (!first || !second) return undefined;
  return second.distance > Math.max(first.distance, NEAR_WH) * CLEARLY_NEARER ? first.transaction : undefined;
}

export function placeFits({ evseId }: TransactionState, message: TransactionMessage): boolean {
  return evseId === 0 || message.evseId === 0 || evseId === message.evseId;
}

/** Null when no transaction followed there, or the meter counts each session from 0. */
function nextStartWh(transaction: TransactionState, all: readonly TransactionState[]): number | null {
  const own = startRegisterWh(transaction);
  if (own === null) return null;
  const later = nextThere(transaction, all)
    .map(startRegisterWh)
    .filter((wh): wh is number => wh !== null && wh >= own && wh > 0);
  return later.length === 0 ? null : Math.min(...later);
}

/** The transactions that began after it at its connector or EVSE. */
function nextThere(transaction: TransactionState, all: readonly TransactionState[]): TransactionState[] {
  if (transaction.evseId === 0) return [];
  return all
    .filter((other) => other !== transaction && other.evseId === transaction.evseId && !isStopRecord(other))
    .filter((other) => other.startSeen && follows(other, transaction));
}

/** The register at which a transaction began, Wh; null when it is unknown. */
export function startRegisterWh({ registers }: TransactionState): number | null {
  return billOf(registers, { ended: false }).meterStartWh;
}

/** Whether the one began after the other. */
export function follows(one: TransactionState, other: TransactionState): boolean {
  if (one.startAssumed || other.startAssumed || one.start.at === other.start.at)
    return one.startReceivedAt > other.startReceivedAt;
  return one.start.at > other.start.at;
}
