/** How a request for a command ended for its caller. */
export type End =
  /**
   * `problem`: the last part of the type of an application/problem+json. `explicit`: it is one, or a 2xx. `says`: what a 2xx says
   * of the charger's answer. `commandId`: the command that the answer names.
   */
  | { kind: 'answer'; status: number; explicit: boolean; problem?: string; commandId?: string; says?: string }
  /** The connection broke before the answer came. */
  | { kind: 'broken'; reason: string }
  /** Neither came by the deadline of the command and a margin. */
  | { kind: 'silence' };

/** One request for a command. */
export interface Ask {
  /** Which command-api was asked. */
  api: number;
  /** By performance.now(). */
  from: number;
  to: number;
  end: End;
}

export interface SentCommand {
  cpId: string;
  /** No other command has it; the charger got it as the data of its DataTransfer. It is the idempotency key, too. */
  marker: string;
  /** With a key, so that it may be asked for again; else there is one request. */
  keyed: boolean;
  /** In the order in which they ended. */
  asks: Ask[];
}

/** A DataTransfer that a charger received, and the status by which it answered, or CALLERROR. */
export interface Transfer {
  marker: string;
  answered: string;
}

/** A command as REST shows it. */
export interface KeptCommand {
  commandId: string;
  marker: string;
  state: string;
  /** Of a charger's answer. */
  says?: string;
  /** The last part of the type of its problem. */
  problem?: string;
}

/** For the table. */
export function nameOfEnd(end: End): string {
  if (end.kind === 'broken') return 'connection broken';
  if (end.kind === 'silence') return 'no answer';
  return end.problem ? `${end.status} ${end.problem}` : String(end.status);
}

/** How often requests ended in which way. */
export function countedEnds(sent: readonly SentCommand[]): Map<string, number> {
  const groups = Map.groupBy(
    sent.flatMap(({ asks }) => asks),
    ({ end }) => nameOfEnd(end),
  );
  return new Map([...groups].map(([end, { length }]) => [end, length]));
}

/** Requests for a command that was asked for before. */
export function countedRetries(sent: readonly SentCommand[]): number {
  return sent.reduce((sum, { asks }) => sum + asks.length - 1, 0);
}

/** What an answer says of the charger's: that, and nothing that differs from request to request. */
export function saying({ status, data }: { status?: unknown; data?: unknown }): string {
  return JSON.stringify([status, data]);
}
