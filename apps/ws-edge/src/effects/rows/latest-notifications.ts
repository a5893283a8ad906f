import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { scheduleNotifications, securityNotifications, type Notification } from '../notification.ts';
import { recordset } from '../wire-values.ts';
import { waves } from './waves.ts';

/** How many notifications of one subject are remembered: a charger sends again what it got no answer to soon, or never. */
const REMEMBERED = 8;

interface Told extends Notification {
  cpId: string;
  /** Receive time. */
  at: Date;
}

/**
 * Remembers what was said of each subject, and tells news from repetitions. A repetition says what the notification directly
 * before it said; or it is a CALL sent again, overtaken by others: the same content under the same message id as one after
 * which later times were named. A boot between the two makes it news, as anything does that is not known to be later.
 *
 * Answers for each entry and each of its notifications when it was received, null for a repetition. Receive times of one
 * subject grow, whatever the pods' clocks say: whoever reads them knows which came last.
 */
export async function recordNotifications<Of extends Entry>(
  sql: Sql,
  entries: readonly Of[],
  notificationsOf: (entry: Of) => readonly Notification[],
): Promise<Map<Of, (Date | null)[]>> {
  const told = entries.map((entry) =>
    notificationsOf(entry).map((one): Told => ({ ...one, cpId: entry.station.cpId, at: entry.now })),
  );
  const received = new Map<Told, Date>();
  for (const wave of waves(told.flat(), ({ cpId, subject }) => [JSON.stringify([cpId, subject])]))
    for (const [one, at] of await recordWave(sql, wave)) received.set(one, at);
  return new Map(entries.map((entry, index) => [entry, (told[index] ?? []).map((one) => received.get(one) ?? null)]));
}

/** What the rows said of entries whose notifications these are. */
export function writtenAs<Of extends Entry>(received: Map<Of, (Date | null)[]>): [Entry, Written][] {
  return [...received].map(([entry, times]) => [entry, { fresh: times.some((at) => at !== null), received: times }]);
}

/** What is told, and changes no row but the memory of it. */
export async function rememberSecurityEvents(
  sql: Sql,
  entries: readonly EntryOf<'securityEvent'>[],
): Promise<[Entry, Written][]> {
  return writtenAs(await recordNotifications(sql, entries, securityNotifications));
}

/** The same for how vehicles mean to charge. */
export async function rememberSchedules(
  sql: Sql,
  entries: readonly EntryOf<'evChargingSchedule'>[],
): Promise<[Entry, Written][]> {
  return writtenAs(await recordNotifications(sql, entries, scheduleNotifications));
}

async function recordWave(sql: Sql, told: readonly Told[]): Promise<[Told, Date][]> {
  const news = await sql.query<{ position: number; receivedAt: Date }>(
    `WITH told AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS one (
         position integer, cp_id text, subject text, content text, call text, told_at timestamptz,
         received_at timestamptz)),
     news AS (
       SELECT told.position, told.cp_id, told.subject, told.told_at,
         told.content,
         (array[told.call] || CASE WHEN known.received_at >= station.booted_at THEN known.calls END)[1:${REMEMBERED}]
           AS calls,
         greatest(told.received_at, known.received_at + interval '1 millisecond') AS received_at
       FROM told
       LEFT JOIN latest_notifications known USING (cp_id, subject)
       CROSS JOIN LATERAL (
         SELECT coalesce(max(last_boot_at), '-infinity') AS booted_at
         FROM charge_points WHERE lower(charge_points.cp_id) = lower(told.cp_id)) station
       WHERE (known.received_at >= station.booted_at
         AND (told.content = known.content
           OR (told.call = ANY (known.calls) AND told.told_at < known.told_at))) IS NOT TRUE),
     written AS (
       INSERT INTO latest_notifications (cp_id, subject, content, calls, told_at, received_at)
       SELECT cp_id, subject, content, calls, told_at, received_at FROM news ORDER BY cp_id, subject
       ON CONFLICT (cp_id, subject) DO UPDATE SET
         content = excluded.content, calls = excluded.calls, told_at = excluded.told_at, received_at = excluded.received_at)
     SELECT position, received_at AS "receivedAt" FROM news`,
    [
      recordset(
        told.map(({ cpId, subject, content, call, toldAt, at }, position) => ({
          position,
          cp_id: cpId,
          subject,
          content,
          call,
          told_at: toldAt,
          received_at: at,
        })),
      ),
    ],
  );
  return news.flatMap(({ position, receivedAt }) => {
    const one = told[position];
    return one ? [[one, receivedAt] as [Told, Date]] : [];
  });
}
