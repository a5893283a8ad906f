interface Sized {
  key: string;
  value: Uint8Array;
}

/** Room for what surrounds a record in a batch: lengths, timestamps, the headers of an event. */
const RECORD_OVERHEAD_BYTES = 320;

/** Consecutive runs that stay below `maxBytes` each; a message larger than that is a run of its own. */
export function splitBySize<M extends Sized>(messages: readonly M[], maxBytes: number): M[][] {
  const parts: M[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = message.value.byteLength + Buffer.byteLength(message.key) + RECORD_OVERHEAD_BYTES;
    const part = parts.at(-1);
    if (part && size <= room) {
      part.push(message);
      room -= size;
    } else {
      parts.push([message]);
      room = maxBytes - size;
    }
  }
  return parts;
}
