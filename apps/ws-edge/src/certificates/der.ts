/**
 * The first element of a DER SEQUENCE, header included: of a request or a certificate, what is signed.
 * @throws RangeError when there is none
 */
export function firstElement(sequence: Buffer): Buffer {
  const { contentAt } = header(sequence, 0);
  const { contentAt: from, length } = header(sequence, contentAt);
  return sequence.subarray(contentAt, from + length);
}

function header(der: Buffer, at: number): { contentAt: number; length: number } {
  const first = der.readUInt8(at + 1);
  if (first < 0x80) return { contentAt: at + 2, length: first };
  const bytes = first & 0x7f;
  return { contentAt: at + 2 + bytes, length: der.readUIntBE(at + 2, bytes) };
}
