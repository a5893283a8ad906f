import { encodeEvent, makeEvent } from '@ocpp-gw/contracts';
import type { OutboxEntry } from './outbox.ts';
import type { ChargePointRecord } from './records.ts';

/** Tells what operators have decided of a charge point. No pod of ws-edge recorded it. */
export function managedEntry(point: ChargePointRecord, at: Date): OutboxEntry {
  const { cpId, protocol, createdAt, retiredAt, timeZone, tags } = point;
  const event = makeEvent({
    cpId,
    protocol: protocol ?? '',
    pod: '',
    occurredAt: at,
    recordedAt: at,
    payload: {
      $case: 'chargePointManaged',
      value: {
        registeredAt: createdAt,
        retiredAt: retiredAt ?? undefined,
        timeZone: timeZone ?? '',
        tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
      },
    },
  });
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}
