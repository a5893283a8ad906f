import type { Event, TransactionEnded } from '@ocpp-gw/contracts';
import { instant } from './instant.ts';
import { meterSampleRows } from './meter-sample.ts';
import type { Row } from './row.ts';
import { transactionColumns } from './transaction-event.ts';

/** tx.ended → transaction_events, and its samples → meter_samples. */
export function transactionEndedRows(event: Event, ended: TransactionEnded): Row[] {
  return [
    {
      table: 'transaction_events',
      columns: {
        ...transactionColumns(event, ended),
        meter_start_wh: ended.meterStartWh ?? null,
        meter_stop_wh: ended.meterStopWh ?? null,
        energy_wh: ended.energyWh ?? null,
        energy_reason: ended.energyReason,
        end_inferred: ended.endInferred,
        unassigned_reason: ended.unassignedReason,
        assigned_to: ended.assignedTo,
        total_cost: ended.totalCost ?? null,
        started_at: ended.startedAt ? instant(ended.startedAt) : null,
        stop_reason: ended.reason,
        missing_seq_nos: ended.missingSeqNos,
      },
    },
    ...meterSampleRows(event, ended),
  ];
}
