import { SQL, type Connection } from '../sql.ts';
import { given } from '../tables/given.ts';
import { TABLES } from '../tables/tables.ts';
import { statement, upsert, type Writer } from '../tables/writer.ts';
import type { Station } from './entry.ts';
import { cpId } from './fact.ts';

/** A station's connection that began or ended. */
export interface ConnectionSeen {
  station: Station;
  connectionId: string;
  /** When anything was received from the station last. */
  lastSeen: Date;
  /** Of a connection that began: then the charge point must get its row. */
  began?: { instanceId: string; remoteAddress: string; at: Date };
}

/** When the owner of a connection that a newer one displaced had heard of the charge point last. */
export interface ConnectionHeard {
  connectionId: string;
  at: Date;
}

type Begun = Required<ConnectionSeen>;

/**
 * A connection begins once and ends once, whoever writes it: the row of an open connection is made and removed here.
 * @returns the items that are no repetition
 */
export async function writeConnections(
  connection: Connection,
  seen: readonly ConnectionSeen[],
): Promise<Set<ConnectionSeen>> {
  const sql = connection[SQL];
  const begun = seen.filter((one): one is Begun => one.began !== undefined);
  const ended = seen.filter(({ began }) => began === undefined);
  if (begun.length > 0) await writeStations(sql, begun);
  await writeLastSeen(sql, seen);
  const opened = begun.length > 0 ? await sql.query<Known>(OPENED, [open.parameter(begun)]) : [];
  const ids = ended.map(({ connectionId }) => connectionId);
  const closed = ended.length > 0 ? await sql.query<Known>(CLOSED, [ids]) : [];
  return new Set([...among(begun, opened), ...among(ended, closed)]);
}

/** Of connections that are open still. */
export async function writeHeard(connection: Connection, heard: readonly ConnectionHeard[]): Promise<void> {
  await writeHeardAt(connection[SQL], heard);
}

interface Known {
  connectionId: string;
}

/** Each once, although two items may be of one connection. */
function among(seen: readonly ConnectionSeen[], found: readonly Known[]): ConnectionSeen[] {
  const ids = new Set(found.map(({ connectionId }) => connectionId));
  return seen.filter(({ connectionId }) => ids.delete(connectionId));
}

const open = given(TABLES.open_connections.columns, {
  connection_id: ({ connectionId }: Begun) => connectionId,
  cp_id: cpId,
  protocol: ({ station }) => station.protocol,
  remote_address: ({ began }) => began.remoteAddress,
  instance_id: ({ began }) => began.instanceId,
  opened_at: ({ began }) => began.at,
});

const OPENED = `INSERT INTO open_connections (${open.names.join(', ')})
  SELECT ${open.names.join(', ')} FROM ${open.as('one')} ORDER BY connection_id
  ON CONFLICT (connection_id) DO NOTHING RETURNING connection_id AS "connectionId"`;

const CLOSED = 'DELETE FROM open_connections WHERE connection_id = ANY ($1) RETURNING connection_id AS "connectionId"';

const writeHeardAt: Writer<ConnectionHeard> = statement(
  TABLES.open_connections.columns,
  { connection_id: ({ connectionId }) => connectionId, heard_at: ({ at }) => at },
  (rows) => `UPDATE open_connections known SET heard_at = one.heard_at
    FROM ${rows('one')} WHERE known.connection_id = one.connection_id`,
);

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
