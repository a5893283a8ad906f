import { END_INFERENCES, money, openEnum, SESSION_QUALITIES, UNASSIGNED_REASONS } from '@ocpp-gw/contracts';
import { TRANSACTION_SORTS, type TransactionRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';
import { flag, sortBy, tagQuery, withPeriod } from './filters.ts';
import { CHARGING_STATES, ID_TOKEN_STATUSES, ID_TOKEN_TYPES, STOP_REASONS } from './known-values.ts';
import { moment, pageOf, pageQuery, protocol, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const keysOf = <T extends object>(declared: T) => Object.keys(declared) as (keyof T & string)[];

export const transaction = z
  .object({
    cp_id: z.string().describe('Identity of the charge point'),
    transaction_id: z
      .string()
      .describe(
        'Id of the transaction, unique together with `cp_id`. For OCPP 1.6 it is a number that the gateway gave, as text. For 2.0.1 ' +
          'it is the id of the charge point, with a suffix if the charge point had used that id before',
      ),
    station_transaction_id: z.string().describe('Id of the transaction as the charge point sends it'),
    revision: z
      .int()
      .min(1)
      .describe('Number that grows when the content of events and session calls changes; the highest one counts'),
    protocol,
    state: z.enum(['active', 'ended']).describe('Whether the transaction runs (active) or has ended'),
    evse_id: z
      .int()
      .min(0)
      .describe('Number of the EVSE; connector N of OCPP 1.6 is EVSE N; 0 until a message names it'),
    connector_id: z.int().min(0).describe('Number of the connector within its EVSE; 0 until a message names it'),
    id_token: z.string().nullable().describe('Id token of the driver; null when it is not known'),
    id_token_type: openEnum(ID_TOKEN_TYPES)
      .nullable()
      .describe('Type of the id token (2.0.1 IdTokenEnumType); null when it is not known'),
    id_token_status: openEnum(ID_TOKEN_STATUSES)
      .nullable()
      .describe('Authorization status of the id token, such as Accepted or Blocked; null when it was not authorized'),
    started_at: timestamp
      .nullable()
      .describe('When the transaction started, by the clock of the charge point; null when no start was received'),
    ended_at: timestamp
      .nullable()
      .describe('When the transaction ended, by the clock of the charge point; null while it runs'),
    end_inferred: z
      .enum(keysOf(END_INFERENCES))
      .nullable()
      .describe(
        'Why the gateway concluded that the transaction has ended although the charge point sent no end; null when the charge ' +
          'point sent the end, and while the transaction runs',
      ),
    meter_start_wh: z.number().nullable().describe('Register at the start, in Wh; null when it is not known'),
    meter_stop_wh: z
      .number()
      .nullable()
      .describe('Register at the end, in Wh; null when it is not known, and while the transaction runs'),
    energy_wh: z
      .number()
      .nullable()
      .describe('Energy of the transaction, in Wh; while it runs, the energy so far; null when it cannot be computed'),
    energy_reason: z
      .string()
      .nullable()
      .describe('Why the energy cannot be computed, see docs/registers.md; null when there is no reason to give'),
    stop_reason: openEnum(STOP_REASONS)
      .nullable()
      .describe('Why the transaction ended, such as Local; null when no reason was given'),
    charging_state: openEnum(CHARGING_STATES)
      .nullable()
      .describe('Latest charging state, such as Charging or SuspendedEV (2.0.1 only); null when none was sent'),
    remote_start_id: z
      .int()
      .nullable()
      .describe('`remote_start_id` of the command that started the transaction; null when no command did'),
    reservation_id: z.int().nullable().describe('Reservation that the transaction used; null when it used none'),
    missing_seq_nos: z
      .array(z.int())
      .describe('Sequence numbers below the highest one that were not received (2.0.1 only)'),
    gaps_final: z.boolean().describe('Whether the missing messages will never be received'),
    messages_in_queue: z
      .boolean()
      .nullable()
      .describe(
        'Whether the charge point still has messages of the transaction to send, by its answer to get-transaction-status; null when ' +
          'there is no such answer (2.0.1 only)',
      ),
    total_cost: z
      .number()
      .nullable()
      .describe('Latest cost that was sent to the charge point, as a number (2.0.1 only); null when none was sent'),
    cost: money
      .meta({ id: 'Money' })
      .nullable()
      .describe('The same with its currency; null when none was sent, or when the backend named no currency'),
    suspect_since: timestamp
      .nullable()
      .describe('Since when there is reason to doubt that the transaction still runs; null when there is none'),
    suspect_reason: z
      .enum(['boot', 'available'])
      .nullable()
      .describe(
        'boot: the charge point has booted since; available: the connector became available; null without a doubt',
      ),
    unassigned_reason: z
      .enum(keysOf(UNASSIGNED_REASONS))
      .nullable()
      .describe(
        'Why this is an unassigned stop, that is a stop that belongs to no known transaction; null when it is none',
      ),
    assigned_to: z
      .string()
      .nullable()
      .describe('Transaction that this unassigned stop was assigned to; null when it was not assigned'),
    quality: z
      .array(openEnum(keysOf(SESSION_QUALITIES)))
      .describe(
        'What may be wrong with the transaction, see docs/registers.md; a flag that no longer holds is gone with the next revision',
      ),
    clock_skew_seconds: z
      .int()
      .nullable()
      .describe(
        'With the flag clock_skew: by how many seconds each message was received later than its own time says, at least; negative ' +
          'where one was received before it; else null',
      ),
    orphan: z.boolean().describe('Whether the transaction has ended and no start of it was ever received'),
    updated_at: timestamp.describe('When the transaction was last changed'),
  })
  .meta({ id: 'Transaction' });

export const transactionPage = pageOf(transaction).meta({ id: 'TransactionPage' });

export const transactionQuery = withPeriod(
  z.strictObject({
    cp_id: cpId.optional(),
    state: z.enum(['active', 'ended']).optional().describe('Only transactions in this state'),
    from: moment.optional().describe('Only transactions that started at this time or later'),
    to: moment.optional().describe('Only transactions that started before this time'),
    id_token: z.string().min(1).max(255).optional().describe('Only transactions of this id token, in any letter case'),
    remote_start_id: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe('Only the transaction that the command with this `remote_start_id` started'),
    reservation_id: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe('Only transactions that used this reservation'),
    evse_id: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe('Only transactions at this EVSE'),
    tag: tagQuery,
    suspect: flag
      .optional()
      .describe('true: only suspect transactions, which may have ended unnoticed; false: only the others'),
    unassigned: flag
      .optional()
      .describe('true: only stops that belong to no known transaction; false: only the others'),
    sort: sortBy(TRANSACTION_SORTS, '-started_at'),
    ...pageQuery({ preset: 50, max: 500 }),
  }),
);

export const endRequest = z
  .strictObject({
    ended_at: moment.optional().describe('When the transaction ended; if absent, the time of its latest message'),
    meter_stop_wh: z
      .number()
      .min(0)
      .optional()
      .describe('Register at the end, in Wh; if absent, the latest register of the transaction'),
    reason: z.string().min(1).max(100).optional().describe('Value for `stop_reason`; EndLost if absent'),
  })
  .meta({ id: 'EndTransactionRequest' });

export const assignRequest = z
  .strictObject({ to: z.string().min(1).max(255).describe('`transaction_id` of the transaction that this stop ends') })
  .meta({ id: 'AssignTransactionRequest' });

export const transactionId = z
  .string()
  .min(1)
  .max(255)
  .describe('`transaction_id` as GET /api/v1/transactions lists it');

/** Names the transaction in a request that has no path, that is in gRPC. */
export const addressedTransaction = z.object({ cp_id: cpId, transaction_id: transactionId });

/** The start of a transaction that was not seen to start is not known. */
export function shownTransaction(record: TransactionRecord): SourceOf<typeof transaction> {
  return { ...record, startedAt: record.startSeen ? record.startedAt : null } as SourceOf<typeof transaction>;
}
