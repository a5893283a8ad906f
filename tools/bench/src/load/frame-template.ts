/** What differs from one sending to the next, and its width: all the rest of the frame is made once. */
const SLOTS = {
  id: { width: 10, pad: '0' },
  time: { width: 24, pad: ' ' },
  // A number in JSON may stand after spaces.
  transaction: { width: 10, pad: ' ' },
  /** Wh, in a string too, so it has no room for spaces. */
  register: { width: 7, pad: '0' },
  /** Of an event of 2.0.1. */
  seqNo: { width: 6, pad: ' ' },
  /** A transaction that the station named. */
  session: { width: 20, pad: '0' },
} as const;

const SLOT = new RegExp(`(<(?:${Object.keys(SLOTS).join('|')})>)`);

export type Slot = keyof typeof SLOTS;

/** A client's text frame, with slots such as `<id>` and `<time>` to be filled in. */
export class FrameTemplate {
  readonly #frame: Buffer;
  readonly #places: readonly { slot: Slot; offset: number }[];

  constructor(text: string) {
    const places: { slot: Slot; offset: number }[] = [];
    let payload = '';
    for (const part of text.split(SLOT)) {
      const slot = part.slice(1, -1) as Slot;
      if (!part.startsWith('<') || !(slot in SLOTS)) {
        payload += part;
        continue;
      }
      places.push({ slot, offset: payload.length });
      payload += ' '.repeat(SLOTS[slot].width);
    }
    const header = headerOf(payload.length);
    this.#frame = Buffer.concat([header, Buffer.from(payload, 'latin1')]);
    this.#places = places.map(({ slot, offset }) => ({ slot, offset: header.length + offset }));
  }

  /** A frame of its own: the socket may still hold the one before. */
  fill(values: Readonly<Partial<Record<Slot, string>>>): Buffer {
    const frame = Buffer.from(this.#frame);
    for (const { slot, offset } of this.#places) {
      const { width, pad } = SLOTS[slot];
      frame.write((values[slot] ?? '').padStart(width, pad), offset, width, 'latin1');
    }
    return frame;
  }
}

/** A text frame of a client that carries what is known only now. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([headerOf(payload.length), payload]);
}

const LONGEST = 0xffff;

/** RFC 6455 5.2: final, text, masked. The key is zero, so that the payload stays as it is; the server unmasks it all the same. */
function headerOf(length: number): Buffer {
  if (length > LONGEST) throw new RangeError(`a frame of ${length} bytes is longer than ${LONGEST}`);
  const short = length < 126;
  const header = Buffer.alloc(short ? 6 : 8);
  header[0] = 0x81;
  header[1] = 0x80 | (short ? length : 126);
  if (!short) header.writeUInt16BE(length, 2);
  return header;
}

/** RFC 6455 5.5.3. */
export function pongFrame(payload: Buffer): Buffer {
  const header = Buffer.alloc(6);
  header[0] = 0x8a;
  header[1] = 0x80 | payload.length;
  return Buffer.concat([header, payload]);
}
