import { countUntil } from '../../overview/count-until.ts';
import type { Overview } from '../../overview/overview.ts';
import type { SeenTransaction } from '../../overview/transactions.ts';
import { type Detector, duration } from '../detector.ts';
import type { FindingSettings } from '../settings.ts';

export const offlineDuringSession: Detector = {
  kind: 'offline-during-session',
  *find(overview, settings) {
    const absences = absencesOf(overview, settings);
    for (const transaction of overview.transactions) {
      const { id, start, end, offline, readings } = transaction;
      const [first] = offline;
      if (first) {
        const detail = `${offline.length} messages of session ${id} are marked as sent later`;
        yield { at: first.message.at, frames: offline, detail };
        continue;
      }
      if (!start) continue;
      const absence = absences.during(transaction);
      if (absence) {
        yield {
          at: absence.from,
          until: absence.to,
          frames: [start.frame, end?.frame],
          detail: `away for ${duration(absence.to.getTime() - absence.from.getTime())} during session ${id}`,
        };
      } else if (!end && isWhole(overview)) {
        // The conversation is over, and nothing says that the session is.
        const last = readings.at(-1)?.frame;
        const detail = `session ${id} has no end`;
        yield { at: start.frame.message.at, until: overview.endsAt, frames: [start.frame, last], detail };
      }
    }
  },
};

/** A part of a longer conversation may end before a session does. Of a trace nobody knows more. */
function isWhole({ conversation: { now, connections } }: Overview): boolean {
  return !now && !connections;
}

interface Absence {
  from: Date;
  to: Date;
}

/** The times between connections that are long enough to matter. */
function absencesOf({ connections, endsAt }: Overview, { offlineS }: FindingSettings) {
  const all: Absence[] = connections.flatMap((connection, i) => {
    const from = connection.endedAt;
    const to = connections[i + 1]?.openedAt ?? endsAt;
    return from && to.getTime() - from.getTime() > offlineS * 1000 ? [{ from, to }] : [];
  });
  // A connection that was replaced may end after the one that replaced it.
  const absences = all.toSorted((a, b) => a.from.getTime() - b.from.getTime());
  return {
    /** The first absence that began while the transaction ran. */
    during({ start, end }: SeenTransaction): Absence | undefined {
      const startedAt = start?.frame.message.at ?? new Date(0);
      const first = absences[countUntil(absences, ({ from }) => from < startedAt)];
      const endedAt = end?.frame.message.at ?? endsAt;
      return first && first.from < endedAt ? first : undefined;
    },
  };
}
