/** A charger answered each thing that it was asked with a status of its own. */
export interface PartStatuses {
  statuses: readonly string[];
  /** How many things it was asked, where that is known; fewer statuses than that leave some unanswered. */
  asked?: number;
}

/** Statuses that mean that the charger has accepted the thing, at once or from its next reboot on. */
const TAKEN: ReadonlySet<string> = new Set(['Accepted', 'RebootRequired']);

/**
 * One status for an answer in parts. If all parts are accepted it is Accepted, or RebootRequired where one needs a reboot.
 * If some are accepted it is Partial. If none is, it is their common status, or else Rejected.
 */
export function statusOfParts({ statuses, asked = 0 }: PartStatuses): string {
  const taken = statuses.filter((status) => TAKEN.has(status));
  if (taken.length === 0) return commonWord(statuses) ?? 'Rejected';
  if (taken.length < Math.max(asked, statuses.length)) return 'Partial';
  return taken.includes('RebootRequired') ? 'RebootRequired' : 'Accepted';
}

function commonWord([first, ...others]: readonly string[]): string | undefined {
  return others.every((status) => status === first) ? first : undefined;
}
