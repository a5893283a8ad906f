import type { FactOf } from '../../overview/facts.ts';
import { factsOfKind } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';

/** What may follow a status of a connector: the table in OCPP 1.6 edition 2, section 4.9. */
const NEXT_16: Readonly<Record<string, string>> = {
  Available: 'Preparing Charging SuspendedEV SuspendedEVSE Reserved Unavailable Faulted',
  Preparing: 'Available Charging SuspendedEV SuspendedEVSE Finishing Faulted',
  Charging: 'Available SuspendedEV SuspendedEVSE Finishing Unavailable Faulted',
  SuspendedEV: 'Available Charging SuspendedEVSE Finishing Unavailable Faulted',
  SuspendedEVSE: 'Available Charging SuspendedEV Finishing Unavailable Faulted',
  Finishing: 'Available Preparing Unavailable Faulted',
  Reserved: 'Available Preparing Unavailable Faulted',
  Unavailable: 'Available Preparing Charging SuspendedEV SuspendedEVSE Faulted',
  Faulted: 'Available Preparing Charging SuspendedEV SuspendedEVSE Finishing Reserved Unavailable',
};

/** The same for 2.0.1, where Occupied stands for five statuses of 1.6. */
const NEXT_201: Readonly<Record<string, string>> = {
  Available: 'Occupied Reserved Unavailable Faulted',
  Occupied: 'Available Unavailable Faulted',
  Reserved: 'Available Occupied Unavailable Faulted',
  Unavailable: 'Available Occupied Faulted',
  Faulted: 'Available Occupied Reserved Unavailable',
};

export const forbiddenStatusTransition: Detector = {
  kind: 'forbidden-status-transition',
  *find(overview) {
    const latest = new Map<string, FactOf<'connectorStatus'>>();
    for (const fact of factsOfKind(overview, 'connectorStatus')) {
      const { evseId, connectorId, status } = fact.effect;
      const { at, connectionId } = fact.frame.message;
      const place = `${evseId}/${connectorId}`;
      const before = latest.get(place);
      latest.set(place, fact);
      // Statuses may be lost between two connections, and one may be sent again.
      if (!before || before.frame.message.connectionId !== connectionId || before.effect.status === status) continue;
      const version = overview.protocolOf(fact.frame).dialect.subprotocol;
      const next = (version === 'ocpp1.6' ? NEXT_16 : NEXT_201)[before.effect.status]?.split(' ');
      const isKnown = next?.includes(status) === false && status in (version === 'ocpp1.6' ? NEXT_16 : NEXT_201);
      if (!isKnown) continue;
      const detail = `connector ${place}: ${before.effect.status} was followed by ${status}`;
      yield { at, frames: [before.frame, fact.frame], detail };
    }
  },
};
