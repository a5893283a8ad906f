import { TABLES } from '../tables/tables.ts';
import { positioned, type Answers, type Writer } from '../tables/writer.ts';
import type { Sql } from '../sql.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { Facts } from './fact.ts';
import { notification, type Notification } from './notification.ts';
import { conflictFreeBatches } from './conflict-free.ts';

/** How many notifications of one subject are remembered. A charger repeats an unanswered message soon, or never. */
const REMEMBERED = 8;

interface Received extends Notification {
  cpId: string;
  /** Receive time. */
  at: Date;
}

/** Notifications that are events and have no other row than this memory. */
export const latestNotifications = {
  securityEvent: {
    table: 'latest_notifications',
    conflictKey: ['securityEvent'],
    write: [remember(securityNotifications)],
  },
  /** The schedule that a vehicle plans. */
  evChargingSchedule: {
    table: 'latest_notifications',
    conflictKey: ['evChargingSchedule'],
    write: [remember(scheduleNotifications)],
  },
} satisfies Facts;

function securityNotifications(entry: EntryOf<'securityEvent'>): Notification[] {
  const { type, techInfo, time } = entry.effect;
  return [notification(entry, 'security', [type, techInfo], time)];
}

function scheduleNotifications(entry: EntryOf<'evChargingSchedule'>): Notification[] {
  const { evseId, schedule, status, time } = entry.effect;
  return [notification(entry, `schedule/${evseId}`, [schedule, status], time)];
}

function remember<Of extends Entry>(notificationsOf: (entry: Of) => readonly Notification[]): Writer<Of> {
  return async (sql, entries) => writtenAs(await notified(sql, entries, notificationsOf));
}

/**
 * Remembers what was reported of each subject, and separates news from repetitions. A repetition says what the notification
 * directly before it said; or it is a CALL sent again, overtaken by others: the same content under the same message id as
 * one after which later times were named. A boot between the two makes it news, as anything does that is not known to be
 * later.
 *
 * Answers for each entry and each of its notifications when it was received, null for a repetition. Receive times of one
 * subject grow, whatever the pods' clocks say: whoever reads them knows which came last.
 */
export async function notified<Of extends Entry>(
  sql: Sql,
  entries: readonly Of[],
  notificationsOf: (entry: Of) => readonly Notification[],
): Promise<Map<Of, (Date | null)[]>> {
  const notifications = entries.map((entry) =>
    notificationsOf(entry).map((one): Received => ({ ...one, cpId: entry.station.cpId, at: entry.now })),
  );
  const times = new Map<Received, Date>();
  for (const batch of conflictFreeBatches(notifications.flat(), ({ cpId, subject }) => [
    JSON.stringify([cpId, subject]),
  ]))
    for (const [one, at] of await writeBatch(sql, batch)) times.set(one, at);
  return new Map(
    entries.map((entry, index) => [entry, (notifications[index] ?? []).map((one) => times.get(one) ?? null)]),
  );
}

/** The results for the entries to which these notifications belong. */
export function writtenAs<Of extends Entry>(received: Map<Of, (Date | null)[]>): Answers<Of> {
  return [...received].map(([entry, times]) => [entry, { fresh: times.some((at) => at !== null), received: times }]);
}

const NOTIFICATIONS = positioned(
  { ...TABLES.latest_notifications.columns, call: 'text?' },
  {
    cp_id: ({ cpId }: Received) => cpId,
    subject: ({ subject }: Received) => subject,
    content: ({ content }: Received) => content,
    call: ({ call }: Received) => call,
    told_at: ({ reportedAt }: Received) => reportedAt,
    received_at: ({ at }: Received) => at,
  },
);

const NEWS = `
  WITH given AS (SELECT * FROM ${NOTIFICATIONS.as('one')}),
  news AS (
    SELECT given.position, given.cp_id, given.subject, given.told_at, given.content,
      (array[given.call] || CASE WHEN known.received_at >= station.booted_at THEN known.calls END)[1:${REMEMBERED}]
        AS calls,
      greatest(given.received_at, known.received_at + interval '1 millisecond') AS received_at
    FROM given
    LEFT JOIN latest_notifications known USING (cp_id, subject)
    CROSS JOIN LATERAL (
      SELECT coalesce(max(last_boot_at), '-infinity') AS booted_at
      FROM charge_points WHERE lower(charge_points.cp_id) = lower(given.cp_id)) station
    WHERE (known.received_at >= station.booted_at
      AND (given.content = known.content
        OR (given.call = ANY (known.calls) AND given.told_at < known.told_at))) IS NOT TRUE),
  written AS (
    INSERT INTO latest_notifications (cp_id, subject, content, calls, told_at, received_at)
    SELECT cp_id, subject, content, calls, told_at, received_at FROM news ORDER BY cp_id, subject
    ON CONFLICT (cp_id, subject) DO UPDATE SET
      content = excluded.content, calls = excluded.calls, told_at = excluded.told_at, received_at = excluded.received_at)
  SELECT position, received_at AS "receivedAt" FROM news`;

async function writeBatch(sql: Sql, batch: readonly Received[]): Promise<[Received, Date][]> {
  const news = await sql.query<{ position: number; receivedAt: Date }>(NEWS, [NOTIFICATIONS.parameter(batch)]);
  return news.flatMap(({ position, receivedAt }): [Received, Date][] => {
    const one = batch[position];
    return one ? [[one, receivedAt]] : [];
  });
}
