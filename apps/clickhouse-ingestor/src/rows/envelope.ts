import { checkEventId, UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { instant } from './instant.ts';

/** The columns that every table has. */
export interface EnvelopeColumns {
  event_id: string;
  cp_id: string;
  protocol: string;
  occurred_at: Date;
  recorded_at: Date;
  pod: string;
}

/** @throws UndecodableEventError when the event can be no row: without its id and time it could not be deduplicated. */
export function envelope(event: Event): EnvelopeColumns {
  checkEventId(event);
  if (!event.recordedAt) throw new UndecodableEventError(`event ${event.id} has no recorded_at`);
  return {
    event_id: event.id,
    cp_id: event.cpId,
    protocol: event.protocol,
    occurred_at: instant(event.occurredAt ?? event.recordedAt),
    recorded_at: instant(event.recordedAt),
    pod: event.pod,
  };
}
