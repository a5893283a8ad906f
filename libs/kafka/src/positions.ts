import { ALL_TOPICS, type Topic } from '@ocpp-gw/contracts';

/** Where a reader is: of each topic the offset of the next message of each partition, by its number. */
export type Positions = Map<Topic, number[]>;

export function copyOf(positions: Positions, topics: Iterable<Topic> = positions.keys()): Positions {
  return new Map([...topics].map((topic) => [topic, [...(positions.get(topic) ?? [])]]));
}

/** Whether the reader has read all that lies before `target`. */
export function hasReached(positions: Positions, target: Positions): boolean {
  return [...target].every(([topic, offsets]) =>
    offsets.every((offset, partition) => (positions.get(topic)?.[partition] ?? 0) >= offset),
  );
}

/** Thrown for a text that is no encoded position. */
export class InvalidPositionError extends Error {
  override readonly name = 'InvalidPositionError';
}

const VERSION = 1;

/**
 * The position as text. Base64url of: the version; then for each topic the length of its name, its name, the number of its
 * partitions, and the offset of each. Numbers are varints.
 */
export function encodePositions(positions: Positions): string {
  const bytes: number[] = [VERSION];
  for (const [topic, offsets] of positions) {
    varint(bytes, topic.length);
    for (let index = 0; index < topic.length; index += 1) bytes.push(topic.charCodeAt(index));
    varint(bytes, offsets.length);
    for (const offset of offsets) varint(bytes, offset);
  }
  return Buffer.from(bytes).toString('base64url');
}

/** @throws InvalidPositionError */
export function decodePositions(text: string): Positions {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes[0] !== VERSION || bytes.toString('base64url') !== text) throw new InvalidPositionError('no position');
  const reader = { bytes, at: 1 };
  const positions: Positions = new Map();
  while (reader.at < bytes.length) {
    const length = readVarint(reader);
    const name = bytes.toString('latin1', reader.at, reader.at + length);
    reader.at += length;
    const topic = ALL_TOPICS.find((known) => known === name);
    const partitions = readVarint(reader);
    // Each partition takes at least a byte.
    if (partitions > bytes.length - reader.at) throw new InvalidPositionError('it ends too early');
    const offsets = Array.from({ length: partitions }, () => readVarint(reader));
    if (topic) positions.set(topic, offsets);
  }
  return positions;
}

function varint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

function readVarint(reader: { bytes: Buffer; at: number }): number {
  let value = 0;
  for (let factor = 1; factor <= Number.MAX_SAFE_INTEGER; factor *= 0x80) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) throw new InvalidPositionError('it ends too early');
    reader.at += 1;
    value += (byte % 0x80) * factor;
    if (!Number.isSafeInteger(value)) break;
    if (byte < 0x80) return value;
  }
  throw new InvalidPositionError('a number is too large');
}
