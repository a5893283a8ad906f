/** What came of the comparison of one row, or of one group of rows, with what really happened. */
export interface Verdict {
  /** The view, roll-up, table or endpoint that says it. */
  source: string;
  /** Whose misbehaviours it counts for; absent where it is about no charger. */
  cpId?: string;
  /** Which session of the charger; absent where it is about the charger. */
  session?: number;
  outcome: 'exact' | 'flagged' | 'wrong';
  /** The flag or reason that the gateway itself gives. */
  reason?: string;
  /** What differs. */
  what?: string;
}

type About = Pick<Verdict, 'source' | 'cpId' | 'session'>;

/** A difference counts as flagged where one of `flags` says so, else as wrong. No difference is exact. */
export function verdictOf(about: About, difference: string | null, flags: readonly string[] = []): Verdict {
  if (difference === null) return { ...about, outcome: 'exact' };
  const [reason] = flags;
  return reason === undefined
    ? { ...about, outcome: 'wrong', what: difference }
    : { ...about, outcome: 'flagged', reason, what: difference };
}
