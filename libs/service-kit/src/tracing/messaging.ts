import type { SpanRequest } from './spans.ts';

/** A span about messages, by the semantic conventions of OpenTelemetry. `destination` is a name or a pattern, never one for each charge point. */
export function messagingSpan(
  operation: 'send' | 'process',
  about: { system: 'kafka' | 'redis'; destination: string; count?: number; attributes?: SpanRequest['attributes'] },
): Pick<SpanRequest, 'name' | 'kind'> & { attributes: NonNullable<SpanRequest['attributes']> } {
  const { system, destination, count, attributes } = about;
  const isPattern = destination.includes('{');
  return {
    name: `${operation} ${destination}`,
    kind: operation === 'send' ? 'producer' : 'consumer',
    attributes: {
      'messaging.system': system,
      'messaging.operation.type': operation,
      'messaging.operation.name': operation,
      [isPattern ? 'messaging.destination.template' : 'messaging.destination.name']: destination,
      ...(count !== undefined && { 'messaging.batch.message_count': count }),
      ...attributes,
    },
  };
}
