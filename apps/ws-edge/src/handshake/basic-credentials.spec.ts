import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formOf, parseBasic, passwordReadings } from './basic-credentials.ts';

const header = (user: string, password: Buffer): string =>
  `Basic ${Buffer.concat([Buffer.from(`${user}:`), password]).toString('base64')}`;

describe('parseBasic', () => {
  it('reads the example of OCPP-J 1.6, whose password is 20 raw bytes', () => {
    const password = Buffer.from('0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF', 'hex');
    expect(parseBasic('Basic QUwxMDAwOgABAgMEBQYH////////////////', 'AL1000')).toEqual({
      username: 'AL1000',
      password,
    });
  });

  it('gives any bytes back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const password = Buffer.from(bytes);
        expect(parseBasic(header('CP1', password), 'CP1')?.password.equals(password)).toBe(true);
      }),
    );
  });

  it('leaves colons in the password alone', () => {
    expect(parseBasic(header('CP1', Buffer.from('a:b')), 'CP1')?.password.toString()).toBe('a:b');
  });

  it.each([
    ['AA:BB:CC', 'aa:bb:cc:p:w', 'aa:bb:cc', 'p:w'],
    ['AA:BB', 'AA:BB:', 'AA:BB', ''],
    ['a:b', 'other:secret', 'other', 'secret'],
    ['a', 'a:b:c', 'a', 'b:c'],
  ])('F24 takes the colons of the identity %s for the username: %s', (identity, pair, username, password) => {
    expect(parseBasic(`Basic ${btoa(pair)}`, identity)).toEqual({ username, password: Buffer.from(password) });
  });

  it.each([
    ['in another letter case', 'bASIC Q1AxOnB3'],
    ['with several blanks', 'Basic   Q1AxOnB3  '],
    ['with tabs', 'Basic\tQ1AxOnB3\t'],
    ['with too much padding', 'Basic Q1AxOnB3==='],
  ])('reads credentials %s', (_what, value) => {
    expect(parseBasic(value, 'CP1')).toEqual({ username: 'CP1', password: Buffer.from('pw') });
  });

  it.each(['Basic Q1AxOnA=', 'Basic Q1AxOnA', 'Basic Q1AxOnA==='])('reads %s, padded or not', (value) => {
    expect(parseBasic(value, 'CP1')?.password.toString()).toBe('p');
  });

  it.each([undefined, '', 'Bearer x', 'Basic', 'Basic !!!', `Basic ${btoa('nocolon')}`, `Basic ${btoa(':x')}`])(
    'reads nothing in %j',
    (value) => {
      expect(parseBasic(value, 'CP1')).toBeNull();
    },
  );
});

describe('passwordReadings', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

  it('takes hex digits of a 1.6 charger for text in either letter case, and for bytes (TC_085_CSMS)', () => {
    const digits = Buffer.from('00112233445566778899AABBCCDDEEFF');
    const lower = Buffer.from('00112233445566778899aabbccddeeff');
    expect(passwordReadings(digits, 'ocpp1.6')).toEqual([digits, bytes, lower]);
    expect(passwordReadings(lower, 'ocpp1.6')).toEqual([lower, bytes, digits]);
  });

  it('takes bytes of a 1.6 charger for bytes and for the digits an operator may have stored', () => {
    expect(passwordReadings(bytes, 'ocpp1.6').map(String)).toEqual([
      String(bytes),
      '00112233445566778899AABBCCDDEEFF',
      '00112233445566778899aabbccddeeff',
    ]);
  });

  it('reads short and long passwords one way', () => {
    expect(passwordReadings(Buffer.from('secret'), 'ocpp1.6')).toHaveLength(1);
    expect(passwordReadings(Buffer.alloc(50), 'ocpp1.6')).toHaveLength(1);
  });

  it('reads 2.0.1 passwords one way: they are text', () => {
    expect(passwordReadings(Buffer.from('00112233445566778899aabbccddeeff'), 'ocpp2.0.1')).toHaveLength(1);
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
            expect(passwordReadings(sent, 'ocpp1.6').some((reading) => reading.equals(set))).toBe(true);
      }),
    );
  });
});

describe('formOf', () => {
  it('S2 lets no reading be left out that could match: readings of one form are the same text', () => {
    const forms = (key: Buffer): Buffer[] => {
      const digits = key.toString('hex');
      return [key, Buffer.from(digits), Buffer.from(digits.toUpperCase())];
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 20 }), (bytesOfKey) => {
        for (const sent of forms(Buffer.from(bytesOfKey)))
          for (const set of forms(Buffer.from(bytesOfKey))) {
            const left = passwordReadings(sent, 'ocpp1.6').filter((reading) => formOf(reading) === formOf(set));
            expect(left.some((reading) => reading.equals(set))).toBe(true);
            expect(left.length).toBe(1);
          }
      }),
    );
  });

  it.each([
    ['00112233445566778899AABBCCDDEEFF', 'upper'],
    ['00112233445566778899001122334455', 'upper'],
    ['00112233445566778899aabbccddeeff', 'lower'],
    ['00112233445566778899aabbccddeeFF', 'mixed'],
    ['sixteen letters!', 'bytes'],
    ['short', 'other'],
  ])('S2 tells of %s that it is %s', (text, form) => {
    expect(formOf(Buffer.from(text))).toBe(form);
  });
});
