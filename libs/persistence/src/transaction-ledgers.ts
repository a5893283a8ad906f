import type { Sql } from './database.ts';
import { transactionColumns, type TransactionRow } from './transaction-row.ts';

/** A row with what the next decision about it needs. */
export interface LedgerRow extends TransactionRow {
  /** As written; null in a row from before decisions were made in code. */
  ledger: unknown;
  /** `<seqNo>:<hash>` of each message of it. */
  digests: readonly string[];
  startConnectorId: number | null;
  startIdTag: string | null;
  startTimestamp: string | null;
  startMeter: number | null;
}

export interface StoredLedger {
  version: number;
  remoteStarts: unknown;
  rows: readonly LedgerRow[];
}

/** Which rows are wanted besides those that run, those that wait to be assigned, and the latest. */
export interface Wanted {
  /** Ids of transactions, the gateway's or the station's. */
  ids?: readonly string[];
  /** What a 1.6 start says. */
  start?: { connectorId: number; idTag: string; timestamp: string; meterStart: number } | undefined;
}

/** One station's write: nothing is written unless the ledger still has `version`. */
export interface LedgerWrite {
  cpId: string;
  version: number;
  remoteStarts: unknown;
  rows: readonly LedgerWriteRow[];
  events: readonly LedgerEvent[];
}

/** The columns of a transaction, times as ISO 8601. */
export interface LedgerWriteRow {
  transaction_id: string;
  station_transaction_id: string;
  protocol: string;
  state: 'active' | 'ended';
  start_seen: boolean;
  evse_id: number;
  connector_id: number;
  id_token: string | null;
  id_token_type: string | null;
  id_token_status: string | null;
  started_at: string;
  ended_at: string | null;
  meter_start_wh: number | null;
  meter_last_wh: number | null;
  energy_wh: number | null;
  energy_reason: string | null;
  stop_reason: string | null;
  charging_state: string | null;
  remote_start_id: number | null;
  reservation_id: number | null;
  seen_seq_nos: string;
  gaps_final: boolean;
  messages_in_queue: boolean | null;
  total_cost: number | null;
  last_event_at: string;
  last_heard_at: string;
  end_inferred: boolean;
  end_inference: string | null;
  suspect_since: string | null;
  suspect_reason: string | null;
  unassigned_reason: string | null;
  assigned_to: string | null;
  revision: number;
  start_connector_id: number | null;
  start_id_tag: string | null;
  start_timestamp: string | null;
  start_meter: number | null;
  ledger: object;
}

export interface LedgerEvent {
  transaction_id: string;
  seq_no: number;
  content_hash: string;
  event_type: 'Started' | 'Updated' | 'Ended';
  facts: object;
}

/** Rows of one station that decisions look back on, besides those that may still change. */
const LATEST = 16;
/** So many may run, or wait to be assigned, at one station: what is older is for people to settle. */
const OPEN = 128;

/** One station's transactions as its next message needs them, in one round trip. */
export async function loadLedger(sql: Sql, cpId: string, { ids = [], start }: Wanted): Promise<StoredLedger> {
  const found = await sql.query<Partial<LedgerRow> & { version: string | null; remoteStarts: unknown }>(
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
    [cpId, ids, start?.connectorId ?? null, start?.idTag ?? null, start?.timestamp ?? null, start?.meterStart ?? null],
  );
  const [first] = found;
  return {
    version: Number(first?.version ?? 0),
    remoteStarts: first?.remoteStarts ?? [],
    rows: found.filter(
      (row): row is LedgerRow & { version: string; remoteStarts: unknown } => typeof row.id === 'string',
    ),
  };
}

/** The messages of all transactions that a station has called `stationTransactionId`; those from before 0007 have no facts. */
export async function loadEvents(sql: Sql, cpId: string, stationTransactionId: string): Promise<object[]> {
  const rows = await sql.query<{ facts: object }>(
    `SELECT event.facts FROM transaction_events event JOIN transactions row USING (cp_id, transaction_id)
     WHERE cp_id = $1 AND row.station_transaction_id = $2 AND event.facts IS NOT NULL`,
    [cpId, stationTransactionId],
  );
  return rows.map(({ facts }) => facts);
}

const COLUMNS = {
  transaction_id: 'text',
  station_transaction_id: 'text',
  protocol: 'text',
  state: 'text',
  start_seen: 'boolean',
  evse_id: 'integer',
  connector_id: 'integer',
  id_token: 'text',
  id_token_type: 'text',
  id_token_status: 'text',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  meter_start_wh: 'double precision',
  meter_last_wh: 'double precision',
  energy_wh: 'double precision',
  energy_reason: 'text',
  stop_reason: 'text',
  charging_state: 'text',
  remote_start_id: 'integer',
  reservation_id: 'integer',
  seen_seq_nos: 'int8multirange',
  gaps_final: 'boolean',
  messages_in_queue: 'boolean',
  total_cost: 'double precision',
  last_event_at: 'timestamptz',
  last_heard_at: 'timestamptz',
  end_inferred: 'boolean',
  end_inference: 'text',
  suspect_since: 'timestamptz',
  suspect_reason: 'text',
  unassigned_reason: 'text',
  assigned_to: 'text',
  revision: 'integer',
  start_connector_id: 'numeric',
  start_id_tag: 'text',
  start_timestamp: 'text',
  start_meter: 'numeric',
  ledger: 'jsonb',
} as const satisfies Record<keyof LedgerWriteRow, string>;

const NAMES = Object.keys(COLUMNS);
const recordOf = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');

/**
 * One statement for all stations. The parameters are JSON texts, whose strings Postgres must be able to hold.
 * @returns the stations that were written: the others' ledgers have changed since they were read
 */
export async function writeLedgers(
  sql: Sql,
  writes: readonly LedgerWrite[],
  toJson: (rows: readonly object[]) => string,
): Promise<Set<string>> {
  if (writes.length === 0) return new Set();
  const written = await sql.query<{ cp_id: string }>(
    `WITH station AS (
       INSERT INTO transaction_ledgers (cp_id, version, remote_starts)
       SELECT cp_id, version + 1, remote_starts
       FROM jsonb_to_recordset($1::jsonb) AS write (cp_id text, version bigint, remote_starts jsonb) ORDER BY cp_id
       ON CONFLICT (cp_id) DO UPDATE SET version = excluded.version, remote_starts = excluded.remote_starts
       WHERE transaction_ledgers.version = excluded.version - 1
       RETURNING cp_id),
     written AS (
       INSERT INTO transactions (cp_id, ${NAMES.join(', ')})
       SELECT cp_id, ${NAMES.map((name) => `row.${name}`).join(', ')}
       FROM jsonb_to_recordset($2::jsonb) AS row (cp_id text, ${recordOf(COLUMNS)}) JOIN station USING (cp_id)
       ON CONFLICT (cp_id, transaction_id) DO UPDATE SET
         ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = now()),
     event AS (
       INSERT INTO transaction_events (cp_id, transaction_id, seq_no, content_hash, event_type, facts)
       SELECT cp_id, transaction_id, seq_no, content_hash, event_type, facts
       FROM jsonb_to_recordset($3::jsonb) AS event (
         cp_id text, transaction_id text, seq_no bigint, content_hash text, event_type text, facts jsonb)
       JOIN station USING (cp_id)
       ON CONFLICT DO NOTHING)
     SELECT cp_id FROM station`,
    [
      toJson(writes.map(({ cpId, version, remoteStarts }) => ({ cp_id: cpId, version, remote_starts: remoteStarts }))),
      toJson(writes.flatMap(({ cpId, rows }) => rows.map((row) => ({ cp_id: cpId, ...row })))),
      toJson(writes.flatMap(({ cpId, events }) => events.map((event) => ({ cp_id: cpId, ...event })))),
    ],
  );
  return new Set(written.map(({ cp_id }) => cp_id));
}

/** The numbers of the next transactions, each once in the whole gateway (1.6). */
export async function reserveTransactionNumbers(sql: Sql, count: number): Promise<number[]> {
  const rows = await sql.query<{ number: string }>(
    `SELECT nextval('transaction_number')::text AS number FROM generate_series(1, $1::integer)`,
    [count],
  );
  return rows.map(({ number }) => Number(number));
}

export interface SilentSuspect {
  cpId: string;
  protocol: string;
  transactionId: string;
}

/** Suspects of which nothing was heard since `before`. */
export function silentSuspects(sql: Sql, before: Date, limit: number): Promise<SilentSuspect[]> {
  return sql.query<SilentSuspect>(
    `SELECT cp_id AS "cpId", protocol, transaction_id AS "transactionId" FROM transactions
     WHERE suspect_since < $1 AND state = 'active' AND coalesce(last_heard_at, suspect_since) < $1
     ORDER BY suspect_since LIMIT $2`,
    [before, limit],
  );
}

/** What an operator changed. */
export interface TransactionAudit {
  by: string;
  cp_id: string;
  transaction_id: string;
  action: 'end' | 'assign';
  request: object;
}

export async function writeAudits(
  sql: Sql,
  audits: readonly TransactionAudit[],
  toJson: (rows: readonly object[]) => string,
): Promise<void> {
  if (audits.length === 0) return;
  await sql.query(
    `INSERT INTO transaction_audits (by, cp_id, transaction_id, action, request)
     SELECT by, cp_id, transaction_id, action, request FROM jsonb_to_recordset($1::jsonb) AS audit (
       by text, cp_id text, transaction_id text, action text, request jsonb)`,
    [toJson(audits)],
  );
}
