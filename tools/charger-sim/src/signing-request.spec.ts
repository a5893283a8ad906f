import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeSigningRequest } from './signing-request.ts';

/** Splits the three elements of a PKCS #10 request; lengths of up to 65535 octets. */
function elements(der: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const header = (at: number): { start: number; length: number } => {
    const first = der[at + 1] ?? 0;
    if (first < 0x80) return { start: at + 2, length: first };
    const octets = first & 0x7f;
    return { start: at + 2 + octets, length: der.readUIntBE(at + 2, octets) };
  };
  for (let at = header(0).start; at < der.length;) {
    const { start, length } = header(at);
    found.push(der.subarray(at, start + length));
    at = start + length;
  }
  return found;
}

describe('makeSigningRequest', () => {
  it('makes a request whose signature its own key verifies', () => {
    const pem = makeSigningRequest('OCPP Gateway', 'SIM-CP1');
    const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const [info, , bitString] = elements(der) as [Buffer, Buffer, Buffer];
    expect(info.includes('SIM-CP1')).toBe(true);
    const spki = elements(info)[2] as Buffer;
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    // Tag, length, count of unused bits; then the signature.
    expect(verify('sha256', info, key, bitString.subarray(3))).toBe(true);
  });

  it('bears a long name', () => {
    expect(makeSigningRequest('O'.repeat(300), 'S')).toContain('END CERTIFICATE REQUEST');
  });
});
