import type { Finding } from '@ocpp-gw/conversation';
import type { Changes, FoundFinding, LookedAt } from '@ocpp-gw/persistence';

/** A charge point that may have to be looked at. */
export interface Candidate {
  cpId: string;
  /** When the newest that is known of it was recorded; null: it has open findings, and nothing of the period is known. */
  newestAt: Date | null;
}

/** A charge point to look at, and when it was looked at last; null: never. */
export interface Due extends Candidate {
  lookedAt: Date | null;
}

/** A charge point that is quiet is looked at again after so long, because what is missing shows only by time. */
const SHORTEST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

const MOST_DETAILS = 3;
const MOST_FRAMES = 5;
const INT32_MAX = 2 ** 31 - 1;

/** Those that are due, the one whose look is the oldest first; those that were never looked at come before all others. */
export function dueOf(candidates: Iterable<Candidate>, looks: readonly LookedAt[], now: Date): Due[] {
  const known = new Map(looks.map((look) => [look.cpId, look]));
  return [...candidates]
    .filter((candidate) => isDue(candidate, known.get(candidate.cpId), now))
    .map((candidate) => ({ ...candidate, lookedAt: known.get(candidate.cpId)?.lookedAt ?? null }))
    .toSorted((a, b) => Number(a.lookedAt) - Number(b.lookedAt));
}

/** For how long the one has waited that has waited the longest: since its look, or since what is known of it. */
export function longestWaitMs(due: readonly Due[], now: Date): number {
  const since = due.map(({ lookedAt, newestAt }) => Number(lookedAt ?? newestAt ?? now));
  return Math.max(0, now.getTime() - Math.min(now.getTime(), ...since));
}

/** With news at once; without, after half the time for which it had been quiet at the look before. */
function isDue({ newestAt }: Candidate, look: LookedAt | undefined, now: Date): boolean {
  if (!look || (newestAt !== null && newestAt.getTime() > (look.newestAt?.getTime() ?? 0))) return true;
  const quietMs = newestAt === null ? Infinity : look.lookedAt.getTime() - newestAt.getTime();
  const pauseMs = Math.min(Math.max(quietMs / 2, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
  return now.getTime() - look.lookedAt.getTime() >= pauseMs;
}

/** What is found opens unless it is open, and what is open ends when it is not found. */
export function changesOf(open: readonly string[], found: readonly FoundFinding[]): Changes {
  const isOpen = ({ finding }: FoundFinding): boolean => open.includes(finding);
  return {
    opened: found.filter((each) => !isOpen(each)),
    seen: found.filter(isOpen),
    ended: open.filter((finding) => !found.some((each) => each.finding === finding)),
  };
}

/** What is kept of a finding: the whole of it is at the charge point. */
export function shortOf({ id, severity, since, until, count, details, frames }: Finding): FoundFinding {
  return {
    finding: id,
    severity,
    firstSeenAt: since,
    lastSeenAt: until,
    count: Math.min(count, INT32_MAX),
    details: details.slice(0, MOST_DETAILS),
    frameEventIds: frames.slice(0, MOST_FRAMES).map(({ eventId }) => eventId),
  };
}
