import type { Event } from '@ocpp-gw/contracts';

/**
 * The JSON of an event in webhooks and event streams: `type` and `timestamp` as Standard Webhooks has them, and in `data` the whole event under
 * its protobuf names. Every field is always there: what is not known is null. `payload_type` says which message the payload is, because
 * some types have several (docs/adr/0058).
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
      payload_type: payload && snakeCaseName(payload.$case),
      payload: snakeCase(payload?.value),
    },
  });
}

function snakeCase(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCaseName(key), snakeCase(inner)]));
}

function snakeCaseName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
