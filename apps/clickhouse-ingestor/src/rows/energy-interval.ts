import type { EnergyProgress, Event } from '@ocpp-gw/contracts';
import { UndecodableEventError } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import { instant } from './instant.ts';
import type { Columns, Row } from './row.ts';

/** Of a payload that says how the energy of a transaction changes. */
export interface EnergyPlace {
  evseId: number;
  connectorId: number;
  transactionId: string;
  energy?: EnergyProgress | undefined;
}

/** Energy of any topic → energy_intervals, one row an interval. */
export function energyIntervalRows(event: Event, { evseId, connectorId, transactionId, energy }: EnergyPlace): Row[] {
  if (!energy) return [];
  const { event_id, cp_id, protocol, recorded_at, pod } = envelope(event);
  return energy.intervals.map(({ number, fromAt, fromWh, toAt, toWh, quality }) => {
    if (!fromAt || !toAt) throw new UndecodableEventError(`event ${event.id} has an interval without a time`);
    return {
      table: 'energy_intervals',
      columns: {
        event_id,
        event_type: event.type,
        cp_id,
        protocol,
        recorded_at,
        pod,
        transaction_id: transactionId,
        evse_id: evseId || null,
        connector_id: connectorId || null,
        number,
        revision: 0,
        from_at: instant(fromAt),
        from_wh: fromWh,
        to_at: instant(toAt),
        to_wh: toWh,
        quality,
        billed_wh: energy.energyWh ?? null,
        reached_at: energy.reachedAt ? instant(energy.reachedAt) : null,
        ...firstHeard(energy),
      },
    };
  });
}

export function firstHeard(energy: EnergyProgress | undefined): Columns {
  return { first_heard_at: energy?.firstHeardAt ? instant(energy.firstHeardAt) : null };
}
