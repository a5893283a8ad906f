import type { Event } from '@ocpp-gw/contracts';

/**
 * The JSON of an event in webhooks and event streams: `type` and `timestamp` as Standard Webhooks has them, and in `data` the whole event under
 * its protobuf names. Every field is always there: what is not known is null.
 */
export function eventBody(event: Event): string {
  const { payload, occurredAt, recordedAt } = event;
  const happenedAt = occurredAt ?? recordedAt;
  return JSON.stringify({
    type: event.type,
    timestamp: happenedAt,
    data: {
      id: event.id,
      schema_version: event.schemaVersion,
      cp_id: event.cpId,
      protocol: event.protocol,
      occurred_at: happenedAt,
      occurred_at_raw: event.occurredAtRaw,
      recorded_at: recordedAt,
      pod: event.pod,
      traceparent: event.traceparent,
      payload: snakeCase(payload?.value),
    },
  });
}

function snakeCase(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
      snakeCase(inner),
    ]),
  );
}
