/** How a command ended for its caller. */
export type End =
  /** `problem`: the last part of the type of an application/problem+json. `explicit`: it is one, or a 2xx. */
  | { kind: 'answer'; status: number; problem?: string; explicit: boolean }
  /** The connection broke before the answer came. */
  | { kind: 'broken'; reason: string }
  /** Neither came by the deadline of the command and a margin. */
  | { kind: 'silence' };

export interface SentCommand {
  cpId: string;
  /** No other command has it; the charger got it as the data of its DataTransfer. */
  marker: string;
  /** By performance.now(). */
  from: number;
  to: number;
  end: End;
}

/** For the table. */
export function nameOfEnd(end: End): string {
  if (end.kind === 'broken') return 'connection broken';
  if (end.kind === 'silence') return 'no answer';
  return end.problem ? `${end.status} ${end.problem}` : String(end.status);
}
