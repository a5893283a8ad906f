import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { formOf, parseBasic } from './basic-credentials.ts';

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
            const left = ocpp16.dialect.passwordReadings(sent).filter((reading) => formOf(reading) === formOf(set));
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
