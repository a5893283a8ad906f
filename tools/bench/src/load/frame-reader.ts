export interface ServerFrame {
  opcode: number;
  payload: Buffer;
}

export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;

/** Cuts what a server sends into frames (RFC 6455 5.2): unmasked, and never in fragments. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): ServerFrame[] {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const frames: ServerFrame[] = [];
    for (let frame = firstOf(data); frame; frame = firstOf(data)) {
      frames.push(frame);
      data = data.subarray(frame.end);
    }
    this.#rest = data;
    return frames;
  }
}

function firstOf(data: Buffer): (ServerFrame & { end: number }) | undefined {
  const [first, second] = data;
  if (first === undefined || second === undefined) return undefined;
  if ((first & 0x80) === 0 || (second & 0x80) !== 0) throw new Error('a fragmented or masked frame from the server');
  const long = second >= 126;
  if (second > 126) throw new Error('a frame of more than 65535 bytes from the server');
  if (long && data.length < 4) return undefined;
  const start = long ? 4 : 2;
  const end = start + (long ? data.readUInt16BE(2) : second);
  return data.length < end ? undefined : { opcode: first & 0x0f, payload: data.subarray(start, end), end };
}
