import { SQL, type Connection } from './sql.ts';

/** A connection whose instance of ws-edge is lost. */
export interface LostConnection {
  connectionId: string;
  cpId: string;
  protocol: string;
  remoteAddress: string;
  openedAt: Date;
  /** When the instance had heard of the charge point last, where a newer connection of it has reported that. */
  heardAt: Date | null;
  /** Null where not even the instance is known any more. */
  pod: string | null;
  aliveAt: Date | null;
}

const HOLDS_NOTHING = 'NOT EXISTS (SELECT FROM open_connections held WHERE held.instance_id = gone.instance_id)';

/** The running instances of ws-edge, and the connections that they hold (docs/adr/0062). Times are those of Postgres. */
export class EdgeInstances {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The instance is alive. */
  async beat(instanceId: string, pod: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO edge_instances (instance_id, pod, alive_at) VALUES ($1, $2, now())
       ON CONFLICT (instance_id) DO UPDATE SET alive_at = now()`,
      [instanceId, pod],
    );
  }

  /** The instance stops. With a connection left over it stays, and is lost in the end. */
  async leave(instanceId: string): Promise<void> {
    await this.sql.query(`DELETE FROM edge_instances gone WHERE instance_id = $1 AND ${HOLDS_NOTHING}`, [instanceId]);
  }

  /** The ids of the connections that the instance holds by what is written. */
  async connectionsOf(instanceId: string): Promise<string[]> {
    const rows = await this.sql.query<{ id: string }>(
      'SELECT connection_id AS id FROM open_connections WHERE instance_id = $1',
      [instanceId],
    );
    return rows.map(({ id }) => id);
  }

  /** Of instances that have not been alive for so long. */
  lost(ttlMs: number, limit: number, exceptIds: readonly string[] = []): Promise<LostConnection[]> {
    return this.sql.query<LostConnection>(
      `SELECT connection_id AS "connectionId", cp_id AS "cpId", protocol, remote_address AS "remoteAddress",
         opened_at AS "openedAt", heard_at AS "heardAt", pod, alive_at AS "aliveAt"
       FROM open_connections LEFT JOIN edge_instances USING (instance_id)
       WHERE (alive_at IS NULL OR alive_at < now() - $1 * interval '1 millisecond') AND NOT connection_id = ANY ($3)
       ORDER BY connection_id LIMIT $2`,
      [ttlMs, limit, exceptIds],
    );
  }

  /** Removes the instances that have not been alive for so long and hold nothing. */
  async forget(ttlMs: number): Promise<void> {
    await this.sql.query(
      `DELETE FROM edge_instances gone WHERE alive_at < now() - $1 * interval '1 millisecond' AND ${HOLDS_NOTHING}`,
      [ttlMs],
    );
  }

  private get sql() {
    return this.connection[SQL];
  }
}
