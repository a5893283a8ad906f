import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { passwordReadings } from './password-readings.ts';

describe('passwordReadings', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

  it('takes hex digits of a 1.6 charger for text in either letter case, and for bytes (TC_085_CSMS)', () => {
    const digits = Buffer.from('00112233445566778899AABBCCDDEEFF');
    const lower = Buffer.from('00112233445566778899aabbccddeeff');
    expect(passwordReadings(digits)).toEqual([digits, bytes, lower]);
    expect(passwordReadings(lower)).toEqual([lower, bytes, digits]);
  });

  it('takes bytes of a 1.6 charger for bytes and for the digits an operator may have stored', () => {
    expect(passwordReadings(bytes).map(String)).toEqual([
      String(bytes),
      '00112233445566778899AABBCCDDEEFF',
      '00112233445566778899aabbccddeeff',
    ]);
  });

  it('reads short and long passwords one way', () => {
    expect(passwordReadings(Buffer.from('secret'))).toHaveLength(1);
    expect(passwordReadings(Buffer.alloc(50))).toHaveLength(1);
  });

  it('find the key a charger sends as bytes, digits or text in whatever of these forms it was set (TC_085_CSMS)', () => {
    const forms = (key: Buffer): Buffer[] => {
      const digits = key.toString('hex');
      return [key, Buffer.from(digits), Buffer.from(digits.toUpperCase())];
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 20 }), (bytesOfKey) => {
        const key = Buffer.from(bytesOfKey);
        for (const sent of forms(key))
          for (const set of forms(key))
            expect(passwordReadings(sent).some((reading) => reading.equals(set))).toBe(true);
      }),
    );
  });
});
