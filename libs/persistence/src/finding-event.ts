import { encodeEvent, makeEvent } from '@ocpp-gw/contracts';
import type { OutboxEntry } from './outbox.ts';
import type { RecordOf } from './tables/record.ts';

/** Who looked, of which charge point and when. */
export interface FindingEventFacts {
  protocol: string | null;
  pod: string;
  at: Date;
  title: string;
}

/** Publishes that something was found, or that a later look no longer shows it. */
export function findingEntry(
  record: RecordOf<'findings', 'opened_at'>,
  { protocol, pod, at, title }: FindingEventFacts,
): OutboxEntry {
  const { cpId, endedAt, vendor, model, firmwareVersion, ...found } = record;
  const event = makeEvent({
    cpId,
    protocol: protocol ?? '',
    pod,
    occurredAt: at,
    recordedAt: at,
    payload: {
      $case: 'findingChanged',
      value: {
        ...found,
        title,
        state: endedAt === null ? 'open' : 'ended',
        vendor: vendor ?? '',
        model: model ?? '',
        firmwareVersion: firmwareVersion ?? '',
      },
    },
  });
  return { lane: 'kafka', destination: event.type, cpId, eventId: event.id, payload: encodeEvent(event) };
}
