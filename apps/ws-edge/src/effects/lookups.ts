import type {
  ConcurrencyQuery,
  KnownTransaction,
  StartKey,
  TransactionQuery,
  TransactionStartAnswer,
} from '@ocpp-gw/ocpp-j';
import type { ChargePointRecord, ChargePoints, Sql } from '@ocpp-gw/persistence';
import { cleanText, int32 } from './wire-values.ts';

export class StationLookups {
  private readonly points: ChargePoints;

  constructor(points: ChargePoints) {
    this.points = points;
  }

  /** In any letter case; the record has the registered spelling. */
  find(cpId: string): Promise<ChargePointRecord | null> {
    return this.points.find(cpId);
  }
}

interface KnownRow {
  transactionId: string;
  state: 'active' | 'ended';
  evseId: number;
  connectorId: number;
  idToken: string | null;
  meterStartWh: number | null;
}

const KNOWN = `SELECT transaction_id AS "transactionId", state, evse_id AS "evseId", connector_id AS "connectorId",
  id_token AS "idToken", meter_start_wh AS "meterStartWh" FROM transactions`;

/** Transactions as the protocol libraries ask for them: only ever those of the asking station (notes 4). */
export class TransactionLookups {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** 1.6 StartTransaction: the number given under this natural key, or a fresh one. */
  async start(cpId: string, key: StartKey): Promise<TransactionStartAnswer> {
    const [row] = await this.sql.query<{ number: string; status: string | null }>(
      `SELECT CASE WHEN earlier.id IS NULL THEN nextval('transaction_number')::text ELSE earlier.transaction_id END
                AS number,
              earlier.id_token_status AS status
       FROM (SELECT 1) AS one
       LEFT JOIN transactions earlier
         ON earlier.cp_id = $1 AND earlier.start_connector_id = $2::numeric AND lower(earlier.start_id_tag) = lower($3)
        AND earlier.start_timestamp = $4 AND earlier.start_meter = $5::numeric`,
      [cpId, key.connectorId, cleanText(key.idTag), cleanText(key.timestamp), key.meterStart],
    );
    if (!row) throw new Error('the lookup of a transaction start gave no row');
    return { transactionId: Number(row.number), ...(row.status === null ? {} : { knownStatus: row.status }) };
  }

  async find(cpId: string, query: TransactionQuery): Promise<KnownTransaction | null> {
    const rows =
      query.by === 'id'
        ? this.sql.query<KnownRow>(`${KNOWN} WHERE cp_id = $1 AND transaction_id = $2`, [
            cpId,
            cleanText(query.transactionId),
          ])
        : this.sql.query<KnownRow>(
            // EVSE 0 is the whole station: a 1.6 StopTransaction names no connector. An ended transaction is meant only
            // where the time lies within it, and before all others if it ended just then: a stop that is repeated.
            `${KNOWN} WHERE cp_id = $1 AND (evse_id = $2 OR $2 = 0)
               AND (state = 'active' OR (started_at <= $3 AND ended_at >= $3))
             ORDER BY coalesce(ended_at = $3, false) DESC, state = 'active' DESC, started_at DESC, id DESC LIMIT 1`,
            [cpId, int32(query.evseId), query.at],
          );
    const [row] = await rows;
    if (!row) return null;
    const { idToken, meterStartWh, ...known } = row;
    return {
      ...known,
      ...(idToken === null ? {} : { idToken }),
      ...(meterStartWh === null ? {} : { meterStartWh }),
    };
  }

  /**
   * Whether the token charges elsewhere, at any station. A connector charges one at a time: what still runs on the
   * asking one by our books has lost its stop (notes 4.6).
   */
  async concurrent(cpId: string, { idToken, start }: ConcurrencyQuery): Promise<boolean> {
    const [row] = await this.sql.query<{ charging: boolean }>(
      `SELECT EXISTS (
         SELECT FROM transactions
         WHERE state = 'active' AND lower(id_token) = lower($2)
           AND (cp_id, evse_id) IS DISTINCT FROM ($1, $3::integer)) AS charging`,
      [cpId, cleanText(idToken.idToken), int32(start.connectorId)],
    );
    return row?.charging === true;
  }
}
