import type { Ledger, PendingRemoteStart, StartKey, TransactionMessage } from '@ocpp-gw/ocpp-j';
import { cleanText, int32 } from '../column-values.ts';
import { SQL, type Connection, type Sql } from '../sql.ts';
import { transactionColumns } from '../transaction-row.ts';
import { stateOf, type LedgerRow } from './transaction-state.ts';

/** Selects transactions in addition to those that run, those that wait to be assigned, and the latest ones. */
export interface Wanted {
  /** Ids of transactions, the gateway's or the station's. */
  ids?: readonly string[];
  /** The key of a 1.6 start. */
  start?: StartKey | undefined;
}

export interface SilentSuspect {
  cpId: string;
  protocol: string;
  transactionId: string;
}

/** Transactions of one station that decisions look back on, besides those that may still change. */
const LATEST = 16;
/** At most this many may run, or wait to be assigned, at one station. An operator has to settle older ones. */
const OPEN = 128;

/** Transactions as the next decision about them needs them; they are written as facts. */
export class TransactionLedgers {
  private readonly sql: Sql;

  constructor(connection: Connection) {
    this.sql = connection[SQL];
  }

  /** One station's transactions, in one round trip. */
  async load(cpId: string, { ids = [], start }: Wanted): Promise<Ledger> {
    const found = await this.sql.query<Partial<LedgerRow> & { version: string | null; remoteStarts: unknown }>(
      `WITH wanted AS (
         (SELECT id FROM transactions WHERE cp_id = $1 AND (state = 'active' OR unassigned_reason IS NOT NULL)
          ORDER BY started_at DESC LIMIT ${OPEN})
         UNION (SELECT id FROM transactions WHERE cp_id = $1 ORDER BY started_at DESC, id DESC LIMIT ${LATEST})
         UNION (SELECT id FROM transactions WHERE cp_id = $1 AND transaction_id = ANY ($2::text[]))
         UNION (SELECT id FROM transactions WHERE cp_id = $1 AND station_transaction_id = ANY ($2::text[]))
         UNION (SELECT id FROM transactions WHERE cp_id = $1 AND start_connector_id = $3::numeric
                  AND lower(start_id_tag) = lower($4) AND start_timestamp = $5 AND start_meter = $6::numeric))
       SELECT station.version, station.remote_starts AS "remoteStarts", ${transactionColumns('row')}, row.ledger,
              row.start_connector_id::float8 AS "startConnectorId", row.start_id_tag AS "startIdTag",
              row.start_timestamp AS "startTimestamp", row.start_meter::float8 AS "startMeter",
              ARRAY(SELECT event.seq_no || ':' || event.content_hash FROM transaction_events event
                    WHERE event.cp_id = row.cp_id AND event.transaction_id = row.transaction_id) AS digests
       FROM (SELECT 1) AS one
       LEFT JOIN transaction_ledgers station ON station.cp_id = $1
       LEFT JOIN (wanted JOIN transactions row USING (id)) ON true
       ORDER BY row.id`,
      [
        cpId,
        ids.map(cleanText),
        start?.connectorId ?? null,
        start?.idTag ?? null,
        start?.timestamp ?? null,
        start?.meterStart ?? null,
      ],
    );
    const [first] = found;
    return {
      version: Number(first?.version ?? 0),
      remoteStarts: (first?.remoteStarts ?? []) as PendingRemoteStart[],
      transactions: found
        .filter((row): row is LedgerRow & (typeof found)[number] => typeof row.id === 'string')
        .map(stateOf),
    };
  }

  /** The messages of all transactions under one name of a station. Transactions from before migration 0007 have none. */
  async events(cpId: string, stationTransactionId: string): Promise<TransactionMessage[]> {
    const rows = await this.sql.query<{ facts: TransactionMessage }>(
      `SELECT event.facts FROM transaction_events event JOIN transactions row USING (cp_id, transaction_id)
       WHERE cp_id = $1 AND row.station_transaction_id = $2 AND event.facts IS NOT NULL`,
      [cpId, cleanText(stationTransactionId)],
    );
    return rows.map(({ facts }) => facts);
  }

  /** The numbers of the next transactions, each once in the whole gateway (1.6). */
  async reserveNumbers(count: number): Promise<number[]> {
    const rows = await this.sql.query<{ number: string }>(
      `SELECT nextval('transaction_number')::text AS number FROM generate_series(1, $1::integer)`,
      [count],
    );
    return rows.map(({ number }) => Number(number));
  }

  /**
   * Whether a token charges elsewhere, at any station. A connector charges one at a time: what still runs on the asking one
   * according to our records has lost its stop (notes 4.6), and so may have what something speaks against.
   */
  async chargesElsewhere(idToken: string, here: { cpId: string; evseId: number }): Promise<boolean> {
    const [row] = await this.sql.query<{ charging: boolean }>(
      `SELECT EXISTS (
         SELECT FROM transactions
         WHERE state = 'active' AND suspect_since IS NULL AND lower(id_token) = lower($2)
           AND (cp_id, evse_id) IS DISTINCT FROM ($1, $3::integer)) AS charging`,
      [here.cpId, cleanText(idToken), int32(here.evseId)],
    );
    return row?.charging === true;
  }

  /** Suspect transactions without a message since `before`. */
  silentSuspects(before: Date, limit: number): Promise<SilentSuspect[]> {
    return this.sql.query<SilentSuspect>(
      `SELECT cp_id AS "cpId", protocol, transaction_id AS "transactionId" FROM transactions
       WHERE suspect_since < $1 AND state = 'active' AND coalesce(last_heard_at, suspect_since) < $1
       ORDER BY suspect_since LIMIT $2`,
      [before, limit],
    );
  }
}
