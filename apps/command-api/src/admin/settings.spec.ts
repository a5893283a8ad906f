import { describe, expect, it } from '@jest/globals';
import { chargePointRecord } from '../testdata/records.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { chargePointSettings, resultingProfile } from './settings.ts';

describe('the settings of a charge point', () => {
  it.each([
    ['1 for a new one with a password', { password: 'secret-password' }, null, 1],
    ['0 for a new one without', {}, null, 0],
    ['what is asked for', { security_profile: 3 }, null, 3],
    ['what it was', {}, chargePointRecord({ securityProfile: 2 }), 2],
    ['what it was with a new password', { password: 'secret-password' }, chargePointRecord({ securityProfile: 2 }), 2],
    [
      'what it was where neither is named, though one that registered itself has no password',
      {},
      chargePointRecord({ securityProfile: 1, passwordHash: null }),
      1,
    ],
    [
      '1 for one of profile 0 given a password',
      { password: 'x'.repeat(16) },
      chargePointRecord({ securityProfile: 0 }),
      1,
    ],
    [
      '0 where it is named beside a password',
      { password: 'x'.repeat(16), security_profile: 0 },
      chargePointRecord({ securityProfile: 0 }),
      0,
    ],
  ])('lead to profile %s', (_, settings, existing, profile) => {
    expect(resultingProfile(settings, existing)).toBe(profile);
  });

  it.each([1, 2])('refuse profile %i, which is Basic, without a password', (security_profile) => {
    const run = () => resultingProfile({ security_profile }, chargePointRecord({ passwordHash: null }));
    expect(run).toThrow(ProblemError);
  });

  it.each(['short', 'x'.repeat(41), 'pässwörd-pässwörd', 'with\nnewline-inside'])(
    'refuse the password %j',
    (password) => {
      expect(chargePointSettings.safeParse({ password }).success).toBe(false);
    },
  );
});
