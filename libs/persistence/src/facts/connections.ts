import { SQL, type Connection } from '../sql.ts';
import { TABLES } from '../tables/tables.ts';
import { statement, upsert, type Writer } from '../tables/writer.ts';
import type { Station } from './entry.ts';
import { cpId } from './fact.ts';

/** A station's connection that began or ended. */
export interface ConnectionSeen {
  station: Station;
  /** Whether the charge point has connected and must get its row. */
  connected: boolean;
  /** When anything was received from it last. */
  lastSeen: Date;
}

export async function writeConnections(connection: Connection, seen: readonly ConnectionSeen[]): Promise<void> {
  const begun = seen.filter(({ connected }) => connected);
  if (begun.length > 0) await writeStations(connection[SQL], begun);
  await writeLastSeen(connection[SQL], seen);
}

const writeStations: Writer<ConnectionSeen> = upsert(
  'charge_points',
  { cp_id: cpId, protocol: ({ station }) => station.protocol },
  { set: { updated_at: 'now()' }, where: 'known.protocol IS DISTINCT FROM excluded.protocol' },
);

/** Rows are locked in the order in which all others lock them. */
const writeLastSeen: Writer<ConnectionSeen> = statement(
  TABLES.charge_points.columns,
  { cp_id: cpId, last_seen_at: ({ lastSeen }) => lastSeen },
  (rows) => `UPDATE charge_points SET last_seen_at = locked.seen_at
    FROM (
      SELECT known.cp_id, seen.at AS seen_at
      FROM (SELECT lower(cp_id) AS key, max(last_seen_at) AS at FROM ${rows('one')} GROUP BY 1) seen
      JOIN charge_points known ON lower(known.cp_id) = seen.key
      ORDER BY seen.key FOR NO KEY UPDATE OF known) locked
    WHERE charge_points.cp_id = locked.cp_id
      AND (charge_points.last_seen_at < locked.seen_at OR charge_points.last_seen_at IS NULL)`,
);
