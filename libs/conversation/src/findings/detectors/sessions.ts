import type { RecordedSession } from '../../conversation.ts';
import type { Overview } from '../../overview/overview.ts';
import type { Detector, Occurrence } from '../detector.ts';

export const sessionCorrected = sessionsThat('session-corrected', ({ transactionId, quality }) =>
  quality?.includes('corrected') ? `session ${transactionId} was changed after it had ended` : undefined,
);

export const sessionUnassigned = sessionsThat('session-unassigned', ({ transactionId, unassigned }) =>
  unassigned === undefined ? undefined : `stop ${transactionId} is unassigned: ${unassigned}`,
);

/** Looks at what the gateway made of each session; `detailOf` is undefined where nothing is wrong. */
function sessionsThat(kind: Detector['kind'], detailOf: (session: RecordedSession) => string | undefined): Detector {
  return { kind, find: (overview) => sessionsMarked(overview, detailOf) };
}

/** The sessions that are marked, with the frames of their start and end. */
export function* sessionsMarked(
  { conversation: { sessions = [] }, transactions, endsAt }: Overview,
  detailOf: (session: RecordedSession) => string | undefined,
): Generator<Occurrence> {
  const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]));
  for (const session of sessions) {
    const detail = detailOf(session);
    if (detail === undefined) continue;
    const seen = byId.get(session.transactionId);
    yield {
      at: session.endedAt ?? session.startedAt ?? endsAt,
      frames: [seen?.start?.frame, seen?.end?.frame],
      detail,
    };
  }
}
