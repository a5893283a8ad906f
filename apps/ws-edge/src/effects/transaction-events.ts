import type { EventFacts } from '@ocpp-gw/contracts';
import {
  endedAt,
  ownClock,
  type Change,
  type ChargerTime,
  type EvseRef,
  type MeterValuesEffect,
  type Sample,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import {
  isTransaction,
  type Entry,
  type EntryOf,
  type TransactionEffect,
  type TransactionEntry,
} from '@ocpp-gw/persistence/facts';
import { evse } from './station-payloads.ts';
import { endedPayload, energyProgress, startedPayload, updatedPayload } from './transaction-payloads.ts';

type Payload = EventFacts['payload'];

/** The content of an event. `id` is set only when a repetition must have the same one. */
export interface EventBody {
  time: ChargerTime;
  payload: Payload;
  id?: string;
  /** The receive time of the CALL, unless given. */
  recordedAt?: Date;
}

/**
 * The events of a message about a transaction: first those of other transactions that it changed, then its own and its
 * samples.
 */
export function transactionEvents(entry: Entry): EventBody[] {
  if (!isTransaction(entry)) return changed(entry);
  const { transactions, effect } = entry;
  if (transactions?.outcome?.is === 'repetition') return [];
  const own = meantBy(entry);
  const ofOthers = changed(entry, (change) => change.after !== own);
  if (!own) return ofOthers;
  const samples = sampled(effect, own, entry.now);
  const ofOwn = changed(entry, (change) => change.after === own);
  // The samples come before the end, so that a consumer that reads in order has them all when the transaction ends.
  return own.state === 'ended'
    ? [...ofOthers, ...progress(entry), ...samples, ...ofOwn]
    : [...ofOthers, ...progress(entry), ...ofOwn, ...samples];
}

/** The event of an update by the charge point, which is published as it was sent. */
function progress(entry: TransactionEntry): EventBody[] {
  const { effect } = entry;
  const own = ownChange(entry);
  if (effect.kind !== 'transactionUpdated' || !own) return [];
  return [{ time: effect.time, payload: updatedPayload(own, own.intervals, effect) }];
}

function ownChange({ transactions }: Entry): Change | undefined {
  const transactionId = transactions?.outcome?.transactionId;
  return transactions?.changes.find(({ after }) => after.transactionId === transactionId);
}

/** The event of readings that are no message of a transaction, although they may belong to one. */
export function readingsPayload(entry: EntryOf<'meterValues'>): Payload {
  const { effect } = entry;
  const own = ownChange(entry);
  return meter({ transactionId: meantBy(entry)?.transactionId, samples: effect.samples }, effect, entry.now, own);
}

/** The events that are published because the facts or the energy of a transaction have changed. */
export function changed(entry: Entry, isMeant: (change: Change) => boolean = () => true): EventBody[] {
  const { transactions, effect } = entry;
  return (transactions?.changes ?? []).filter(isMeant).flatMap((change): EventBody[] => {
    const { before, after } = change;
    const isOwn = transactions?.outcome?.transactionId === after.transactionId;
    // The event of an update, and that of readings, has the energy of its own transaction.
    const hasEvent = isOwn && (effect.kind === 'transactionUpdated' || effect.kind === 'meterValues');
    const intervals = hasEvent ? [] : change.intervals;
    if (before?.revision === after.revision && intervals.length === 0) return [];
    const own = isOwn && isTransaction(entry) ? entry.effect : undefined;
    const isEnded = after.state === 'ended';
    const began: EventBody[] =
      after.startSeen && !before?.startSeen
        ? [{ time: timeOf(effect, after.start.at), payload: startedPayload(after, isEnded ? [] : intervals, own) }]
        : [];
    if (isEnded) {
      const time = timeOf(effect, endedAt(after) ?? after.lastEventAt);
      return [...began, { time, payload: endedPayload(change, intervals, own) }];
    }
    if (began.length > 0) return began;
    // For a running transaction the event of the update itself shows the change.
    if (isOwn && effect.kind === 'transactionUpdated') return [];
    return [{ time: { at: new Date(after.lastEventAt) }, payload: updatedPayload(change, intervals) }];
  });
}

/** The time as the charge point wrote it, when it is the time of the message. */
function timeOf(effect: Entry['effect'], at: number): ChargerTime {
  return 'time' in effect && effect.time.at.getTime() === at ? effect.time : { at: new Date(at) };
}

function meantBy({ transactions }: Entry): TransactionState | undefined {
  const { outcome, ledger } = transactions ?? {};
  return ledger?.transactions.find(({ transactionId }) => transactionId === outcome?.transactionId);
}

/** Every sample is published once, on cp.meter. Samples of a transaction have its id. */
function sampled(effect: TransactionEffect, transaction: TransactionState, now: Date): EventBody[] {
  if (effect.samples.length === 0) return [];
  const { transactionId, unassigned } = transaction;
  const payload = meter(
    { transactionId: unassigned === null ? transactionId : undefined, samples: effect.samples },
    transaction,
    now,
  );
  return [{ time: effect.time, payload }];
}

function meter(
  values: { transactionId?: string | undefined; samples: MeterValuesEffect['samples'] },
  where: EvseRef,
  now: Date,
  change?: Change,
): Payload {
  return {
    $case: 'meterValuesReported',
    value: {
      ...evse(where),
      transactionId: values.transactionId ?? '',
      samples: values.samples.map((each) => sample(each, now)),
      energy: change && change.intervals.length > 0 ? energyProgress(change.after, change.intervals) : undefined,
    },
  };
}

function sample(value: Sample, now: Date) {
  const clock = ownClock(value);
  return {
    sampledAt: value.at,
    sampledAtRaw: typeof value.clockMs === 'number' ? new Date(value.clockMs).toISOString() : '',
    value: value.value,
    unit: value.unit,
    rawValue: value.rawValue,
    rawUnit: value.rawUnit,
    measurand: value.measurand,
    phase: value.phase ?? '',
    location: value.location ?? '',
    context: value.context ?? '',
    format: value.format ?? '',
    unitAssumed: value.unitAssumed ?? false,
    signed: value.signed ?? false,
    clockSkewSeconds: clock === null ? undefined : (now.getTime() - clock) / 1000,
  };
}
