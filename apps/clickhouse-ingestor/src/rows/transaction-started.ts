import type { Event, TransactionStarted } from '@ocpp-gw/contracts';
import { meterSampleRows } from './meter-sample.ts';
import type { Row } from './row.ts';
import { transactionColumns } from './transaction-event.ts';

/** tx.started → transaction_events, and its samples → meter_samples. */
export function transactionStartedRows(event: Event, started: TransactionStarted): Row[] {
  return [
    {
      table: 'transaction_events',
      columns: {
        ...transactionColumns(event, started),
        id_token_status: started.idTokenStatus,
        charging_state: started.chargingState,
        meter_start_wh: started.meterStartWh ?? null,
      },
    },
    ...meterSampleRows(event, started),
  ];
}
