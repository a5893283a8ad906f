const FIRST_BYTES = 4096;

/** Bytes that grow as they are written. */
export class Bytes {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;

  /** Makes room for so many bytes more, maybe in another buffer. @returns where they begin */
  private reserve(count: number): number {
    const at = this.length;
    const needed = at + count;
    if (needed > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    this.length = needed;
    return at;
  }

  uint8(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  /** Little endian, `size` bytes (at most 6), negative values as their two's complement. */
  integer(value: number, size: number): void {
    const at = this.reserve(size);
    let rest = value < 0 ? value + 2 ** (size * 8) : value;
    for (let n = 0; n < size; n += 1) {
      this.buffer[at + n] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }

  int32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeInt32LE(value | 0, at);
  }

  int64(value: number | bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)), at);
  }

  /** An integer that a number holds exactly, as 8 bytes: without the detour over a BigInt. */
  safeInt64(value: number): void {
    const at = this.reserve(8);
    const high = Math.floor(value / 2 ** 32);
    this.buffer.writeUInt32LE(value - high * 2 ** 32, at);
    this.buffer.writeInt32LE(high, at + 4);
  }

  float32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeFloatLE(value, at);
  }

  float64(value: number): void {
    const at = this.reserve(8);
    this.buffer.writeDoubleLE(value, at);
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.uint8((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.uint8(rest);
  }

  /** The length, then UTF-8. */
  string(text: string): void {
    const { length } = text;
    // Nearly all texts are short and ASCII: a loop is faster than the call into Buffer.
    if (length < 0x80) {
      const at = this.reserve(length + 1);
      const { buffer } = this;
      buffer[at] = length;
      let n = 0;
      for (; n < length; n += 1) {
        const code = text.charCodeAt(n);
        if (code >= 0x80) break;
        buffer[at + 1 + n] = code;
      }
      if (n === length) return;
      this.length = at;
    }
    const size = Buffer.byteLength(text);
    this.varint(size);
    const at = this.reserve(size);
    this.buffer.write(text, at, size, 'utf8');
  }

  append(other: Bytes): void {
    const at = this.reserve(other.length);
    other.buffer.copy(this.buffer, at, 0, other.length);
  }

  toBuffer(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}
