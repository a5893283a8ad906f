import type { Ledger, PendingRemoteStart, StartKey, TransactionMessage, TransactionState } from '@ocpp-gw/ocpp-j';
import { cleanText, int32 } from '../column-values.ts';
import { SharedLookup } from '../shared-lookup.ts';
import { SQL, type Connection, type Sql } from '../sql.ts';
import { given } from '../tables/given.ts';
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

interface Looked {
  cpId: string;
  wanted: Wanted;
}

type Loaded = Omit<Ledger, 'transactions'> & { transactions: TransactionState[] };

interface Found extends Partial<LedgerRow> {
  place: number;
  version: string | null;
  remoteStarts: unknown;
}

const ASKED = given(
  {
    place: 'integer',
    cp_id: 'text',
    ids: 'text[]',
    connector: 'numeric?',
    tag: 'text?',
    at: 'text?',
    meter: 'numeric?',
  },
  {
    place: (_: Looked, place) => place,
    cp_id: ({ cpId }) => cpId,
    ids: ({ wanted: { ids = [] } }) => ids,
    connector: ({ wanted: { start } }) => start?.connectorId,
    tag: ({ wanted: { start } }) => start?.idTag,
    at: ({ wanted: { start } }) => start?.timestamp,
    meter: ({ wanted: { start } }) => start?.meterStart,
  },
);

/** LATERAL with a WITH in it is planned for one station, so that many together never read whole tables. */
const LEDGERS = `
  SELECT asked.place, station.version, station.remote_starts AS "remoteStarts", found.*
  FROM ${ASKED.as('asked')}
  LEFT JOIN transaction_ledgers station ON station.cp_id = asked.cp_id
  LEFT JOIN LATERAL (
    WITH wanted AS (
      (SELECT id FROM transactions WHERE cp_id = asked.cp_id AND (state = 'active' OR unassigned_reason IS NOT NULL)
       ORDER BY started_at DESC LIMIT ${OPEN})
      UNION (SELECT id FROM transactions WHERE cp_id = asked.cp_id ORDER BY started_at DESC, id DESC LIMIT ${LATEST})
      UNION (SELECT id FROM transactions WHERE cp_id = asked.cp_id AND transaction_id = ANY (asked.ids))
      UNION (SELECT id FROM transactions WHERE cp_id = asked.cp_id AND station_transaction_id = ANY (asked.ids))
      UNION (SELECT id FROM transactions WHERE cp_id = asked.cp_id AND start_connector_id = asked.connector
               AND lower(start_id_tag) = lower(asked.tag) AND start_timestamp = asked.at AND start_meter = asked.meter))
    SELECT ${transactionColumns('row')}, row.ledger,
           row.start_connector_id::float8 AS "startConnectorId", row.start_id_tag AS "startIdTag",
           row.start_timestamp AS "startTimestamp", row.start_meter::float8 AS "startMeter",
           ARRAY(SELECT event.seq_no || ':' || event.content_hash FROM transaction_events event
                 WHERE event.cp_id = row.cp_id AND event.transaction_id = row.transaction_id) AS digests
    FROM wanted JOIN transactions row USING (id)) found ON true
  ORDER BY asked.place, found.id`;

/** Transactions as the next decision about them needs them; they are written as facts. */
export class TransactionLedgers {
  private readonly sql: Sql;
  private readonly lookup = new SharedLookup<Looked, Ledger>((asked) => this.loadAll(asked));

  constructor(connection: Connection) {
    this.sql = connection[SQL];
  }

  /** One station's transactions. Many stations share a query, as when a fleet boots. */
  load(cpId: string, wanted: Wanted): Promise<Ledger> {
    return this.lookup.find({ cpId, wanted });
  }

  private async loadAll(asked: readonly Looked[]): Promise<Ledger[]> {
    const found = await this.sql.query<Found>(LEDGERS, [ASKED.parameter(asked)]);
    const ledgers = asked.map(() => ({ version: 0, remoteStarts: [], transactions: [] }) as Loaded);
    for (const { place, version, remoteStarts, ...row } of found) {
      const ledger = ledgers[place];
      if (!ledger) continue;
      ledger.version = Number(version ?? 0);
      ledger.remoteStarts = (remoteStarts ?? []) as PendingRemoteStart[];
      if (typeof row.id === 'string') ledger.transactions.push(stateOf(row as LedgerRow));
    }
    return ledgers;
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
