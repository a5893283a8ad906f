import { BinaryReader } from '@bufbuild/protobuf/wire';

const FIELD = { schemaVersion: 2, traceparent: 9, firstPayload: 20 } as const;

/**
 * The headers of the Kafka message of an encoded event, so that a consumer need not decode it to know what it is. Bytes that are no
 * event have the first two.
 */
export function eventHeaders(topic: string, encoded: Uint8Array): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/protobuf', 'event-type': topic };
  const { schemaVersion, traceparent } = envelopeOf(encoded);
  if (schemaVersion) headers['schema-version'] = String(schemaVersion);
  if (traceparent) headers['traceparent'] = traceparent;
  return headers;
}

/** Reads the envelope alone: the payload, which is nearly all of an event, is written after it. */
function envelopeOf(encoded: Uint8Array): { schemaVersion?: number; traceparent?: string } {
  const found: { schemaVersion?: number; traceparent?: string } = {};
  try {
    const reader = new BinaryReader(encoded);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (field >= FIELD.firstPayload) break;
      if (field === FIELD.schemaVersion) found.schemaVersion = reader.uint32();
      else if (field === FIELD.traceparent) found.traceparent = reader.string();
      else reader.skip(type, field);
    }
    return found;
  } catch {
    return {};
  }
}
