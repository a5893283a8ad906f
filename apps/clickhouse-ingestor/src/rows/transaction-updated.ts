import type { Event, TransactionUpdated } from '@ocpp-gw/contracts';
import { instant } from './instant.ts';
import { meterSampleRows } from './meter-sample.ts';
import type { Row } from './row.ts';
import { transactionColumns } from './transaction-event.ts';

/** tx.updated → transaction_events, and its samples → meter_samples. */
export function transactionUpdatedRows(event: Event, updated: TransactionUpdated): Row[] {
  return [
    {
      table: 'transaction_events',
      columns: {
        ...transactionColumns(event, updated),
        id_token_status: updated.idTokenStatus,
        charging_state: updated.chargingState,
        meter_start_wh: updated.meterStartWh ?? null,
        started_at: updated.startedAt ? instant(updated.startedAt) : null,
      },
    },
    ...meterSampleRows(event, updated),
  ];
}
