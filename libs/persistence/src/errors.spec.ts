import { describe, expect, it } from '@jest/globals';
import { DuplicateChargePointError, isRefusedValue, isUnavailable } from './errors.ts';

const coded = (code: string) => Object.assign(new Error('failed'), { code });

describe('isUnavailable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '08006', '57P01', '57014', '53300'])(
    'is true of code %s',
    (code) => {
      expect(isUnavailable(coded(code))).toBe(true);
    },
  );

  it.each([
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
  ])('is true of the driver saying %s', (error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([coded('23505'), coded('42P01'), new Error('bug'), 'text', undefined])('is false of %p', (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});

describe('isRefusedValue', () => {
  it.each(['22008', '22021', '22P05', '54000'])('is true of code %s', (code) => {
    expect(isRefusedValue(coded(code))).toBe(true);
  });

  it.each([coded('57014'), coded('23505'), coded('ECONNRESET'), new Error('bug'), '22008', undefined])(
    'is false of %p',
    (error) => {
      expect(isRefusedValue(error)).toBe(false);
    },
  );
});

describe('DuplicateChargePointError', () => {
  it('names the identity', () => {
    expect(new DuplicateChargePointError('CP-1')).toMatchObject({
      cpId: 'CP-1',
      message: expect.stringContaining('CP-1'),
    });
  });
});
