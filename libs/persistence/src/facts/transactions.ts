import {
  bill,
  endedAt,
  type PendingRemoteStart,
  type TransactionMessage,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import type { Sql } from '../sql.ts';
import { given } from '../tables/given.ts';
import { TABLES } from '../tables/tables.ts';
import { isKind, type Entry } from './entry.ts';
import { StaleFactsError } from './errors.ts';
import type { Facts } from './fact.ts';
import type { Kept } from './transaction-state.ts';

/** Changes of a station's transactions are written together for all kinds, see {@link writeTransactions}. */
export const transactions = {
  transactionStarted: { table: 'transactions' },
  transactionUpdated: { table: 'transactions' },
  transactionEnded: { table: 'transactions' },
  transactionStatusReported: { table: 'transactions' },
  transactionEndInferred: { table: 'transactions' },
  stopAssigned: { table: 'transactions' },
  remoteStartSent: { table: 'transactions' },
  remoteStartRefused: { table: 'transactions' },
  // Many of a station that name no transaction are written together.
  meterValues: { table: 'transactions', conflictKey: ['meterValues'] },
} satisfies Facts;

interface OfStation {
  cpId: string;
}

const cpId = (of: OfStation): string => of.cpId;

const LEDGERS = given(TABLES.transaction_ledgers.columns, {
  cp_id: cpId,
  version: ({ version }: Write) => version,
  remote_starts: ({ remoteStarts }: Write) => remoteStarts,
});

const ROWS = given(TABLES.transactions.columns, {
  cp_id: cpId,
  transaction_id: ({ transaction }: Row) => transaction.transactionId,
  station_transaction_id: ({ transaction }: Row) => transaction.stationTransactionId,
  protocol: ({ transaction }: Row) => transaction.protocol,
  state: ({ transaction }: Row) => transaction.state,
  start_seen: ({ transaction }: Row) => transaction.startSeen,
  evse_id: ({ transaction }: Row) => transaction.evseId,
  connector_id: ({ transaction }: Row) => transaction.connectorId,
  id_token: ({ transaction }: Row) => transaction.idToken?.idToken,
  id_token_type: ({ transaction }: Row) => transaction.idToken?.type,
  id_token_status: ({ transaction }: Row) => transaction.idTokenStatus,
  started_at: ({ transaction }: Row) => iso(transaction.start.at),
  ended_at: ({ transaction }: Row) => transaction.end && iso(endedAt(transaction) ?? transaction.end.at),
  meter_start_wh: (row: Row) => row.bill.meterStartWh,
  meter_last_wh: (row: Row) => row.bill.meterStopWh,
  energy_wh: (row: Row) => row.bill.energyWh,
  energy_reason: (row: Row) => (row.transaction.state === 'ended' ? row.bill.reason : null),
  stop_reason: ({ transaction }: Row) => transaction.end?.reason,
  charging_state: ({ transaction }: Row) => transaction.chargingState,
  remote_start_id: ({ transaction }: Row) => transaction.remoteStartId,
  reservation_id: ({ transaction }: Row) => transaction.reservationId,
  seen_seq_nos: ({ transaction }: Row) => multirange(transaction.seen),
  gaps_final: ({ transaction }: Row) => transaction.gapsFinal,
  messages_in_queue: ({ transaction }: Row) => transaction.messagesInQueue,
  total_cost: ({ transaction }: Row) => transaction.totalCost,
  cost_amount: ({ transaction }: Row) => transaction.cost?.amount,
  cost_currency: ({ transaction }: Row) => transaction.cost?.currency,
  last_event_at: ({ transaction }: Row) => iso(transaction.lastEventAt),
  last_heard_at: ({ transaction }: Row) => iso(transaction.lastHeardAt),
  end_inferred: ({ transaction: { end } }: Row) => end !== null && end.inferred !== null,
  end_inference: ({ transaction }: Row) => transaction.end?.inferred,
  suspect_since: ({ transaction: { suspect } }: Row) => suspect && iso(suspect.since),
  suspect_reason: ({ transaction }: Row) => transaction.suspect?.reason,
  unassigned_reason: ({ transaction }: Row) => transaction.unassigned,
  assigned_to: ({ transaction }: Row) => transaction.assignedTo,
  revision: ({ transaction }: Row) => transaction.revision,
  start_connector_id: ({ transaction }: Row) => transaction.startKey?.connectorId,
  start_id_tag: ({ transaction }: Row) => transaction.startKey?.idTag,
  start_timestamp: ({ transaction }: Row) => transaction.startKey?.timestamp,
  start_meter: ({ transaction }: Row) => transaction.startKey?.meterStart,
  ledger: ({ transaction: { digests: _digests, revision: _revision, ...kept } }: Row): Kept => kept,
});

const EVENT_TYPE = { started: 'Started', updated: 'Updated', ended: 'Ended', reading: 'Updated' } as const;

/** The message itself, so that its repetition is recognised. */
const EVENTS = given(TABLES.transaction_events.columns, {
  cp_id: cpId,
  transaction_id: ({ transactionId }: Message) => transactionId,
  seq_no: ({ message }: Message) => Number(message.digest.split(':')[0] ?? '0'),
  content_hash: ({ message }: Message) => message.digest.split(':')[1] ?? '',
  event_type: ({ message }: Message) => EVENT_TYPE[message.kind],
  facts: ({ message }: Message) => message,
});

const COLUMNS = ROWS.names.filter((name) => name !== 'cp_id');

/** One statement for all stations; it gives back those that were written: the others' ledgers have changed meanwhile. */
const WRITE = `WITH station AS (
    INSERT INTO transaction_ledgers (cp_id, version, remote_starts)
    SELECT cp_id, version + 1, remote_starts FROM ${LEDGERS.as('given', 1)} ORDER BY cp_id
    ON CONFLICT (cp_id) DO UPDATE SET version = excluded.version, remote_starts = excluded.remote_starts
    WHERE transaction_ledgers.version = excluded.version - 1
    RETURNING cp_id),
  written AS (
    INSERT INTO transactions (${ROWS.names.join(', ')})
    SELECT cp_id, ${COLUMNS.map((name) => `row.${name}`).join(', ')}
    FROM ${ROWS.as('row', 2)} JOIN station USING (cp_id)
    ON CONFLICT (cp_id, transaction_id) DO UPDATE SET
      ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = now()),
  event AS (
    INSERT INTO transaction_events (${EVENTS.names.join(', ')})
    SELECT ${EVENTS.names.join(', ')} FROM ${EVENTS.as('event', 3)} JOIN station USING (cp_id)
    ON CONFLICT DO NOTHING)
  SELECT cp_id FROM station`;

const AUDITS = given(TABLES.transaction_audits.columns, {
  by: ({ by }: Audit) => by,
  cp_id: cpId,
  transaction_id: ({ transactionId }: Audit) => transactionId,
  action: ({ action }: Audit) => action,
  request: ({ request }: Audit) => request,
});

const WRITE_AUDITS = `INSERT INTO transaction_audits (${AUDITS.names.join(', ')})
  SELECT ${AUDITS.names.join(', ')} FROM ${AUDITS.as('audit')}`;

/**
 * Writes what was decided of transactions, one statement for all stations; of each station at most one entry.
 * @throws StaleFactsError where another pod has written since the decision
 */
export async function writeTransactions(sql: Sql, entries: readonly Entry[]): Promise<void> {
  const writes = entries.flatMap(writeOf);
  if (writes.length === 0) return;
  const written = await sql.query<{ cp_id: string }>(WRITE, [
    LEDGERS.parameter(writes),
    ROWS.parameter(writes.flatMap(({ rows }) => rows)),
    EVENTS.parameter(writes.flatMap(({ events }) => events)),
  ]);
  const audits = entries.flatMap(auditOf);
  if (audits.length > 0) await sql.query(WRITE_AUDITS, [AUDITS.parameter(audits)]);
  const current = new Set(written.map(({ cp_id }) => cp_id));
  const stale = writes.find((write) => !current.has(write.cpId));
  if (stale) throw new StaleFactsError(stale.cpId, stale.rows[0]?.transaction.transactionId ?? '');
}

/** One station's write: nothing is written unless the ledger still has `version`. */
interface Write extends OfStation {
  version: number;
  remoteStarts: readonly PendingRemoteStart[];
  rows: Row[];
  events: Message[];
}

interface Row extends OfStation {
  transaction: TransactionState;
  bill: ReturnType<typeof bill>;
}

interface Message extends OfStation {
  transactionId: string;
  message: TransactionMessage;
}

function writeOf({ station, transactions: plan }: Entry): Write[] {
  if (!plan?.writes) return [];
  const { version, ledger, changes, message, outcome } = plan;
  const of = { cpId: station.cpId };
  const transactionId = outcome?.transactionId;
  return [
    {
      ...of,
      version,
      remoteStarts: ledger.remoteStarts,
      rows: changes.map(({ after }) => ({ ...of, transaction: after, bill: bill(after) })),
      events:
        message && message.kind !== 'reading' && typeof transactionId === 'string'
          ? [{ ...of, transactionId, message }]
          : [],
    },
  ];
}

interface Audit extends OfStation {
  by: string;
  transactionId: string;
  action: 'end' | 'assign';
  request: object;
}

/** Changes by operators. A request that changed nothing is only answered and logged. */
function auditOf(entry: Entry): Audit[] {
  if (!entry.transactions?.writes) return [];
  const of = { cpId: entry.station.cpId };
  if (isKind('transactionEndInferred', entry) && entry.effect.by !== undefined) {
    const { by, transactionId, at, meterStopWh, reason } = entry.effect;
    return [{ ...of, by, transactionId, action: 'end', request: { at, meterStopWh, reason } }];
  }
  if (!isKind('stopAssigned', entry)) return [];
  const { by, transactionId, to } = entry.effect;
  return [{ ...of, by, transactionId, action: 'assign', request: { to } }];
}

function multirange(seen: TransactionState['seen']): string {
  return `{${seen.map(([from, to]) => `[${from},${to + 1})`).join(',')}}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
