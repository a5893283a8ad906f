/** A charger answered each thing that it was asked with a status of its own. */
export interface PartStatuses {
  statuses: readonly string[];
  /** How many things it was asked, where that is known; fewer statuses than that leave some unanswered. */
  asked?: number;
}

/** It has taken the thing, at once or from its next reboot on. */
const TAKEN: ReadonlySet<string> = new Set(['Accepted', 'RebootRequired']);

/**
 * One word for an answer in parts. All taken: Accepted, or RebootRequired where one waits for it. Some taken: Partial. None:
 * their common word, else Rejected.
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
