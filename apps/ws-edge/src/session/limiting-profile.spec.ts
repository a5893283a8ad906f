import { describe, expect, it } from '@jest/globals';
import type { ChargingProfileRecord } from '@ocpp-gw/persistence';
import { limitingProfile } from './limiting-profile.ts';

const now = new Date('2026-06-01T12:00:00Z');
const running = { evseId: 1, transactionId: 'T1' };
const schedule = { chargingRateUnit: 'A' as const, periods: [{ startPeriod: 0, limit: 16 }] };

function profile(facts: Partial<ChargingProfileRecord>): ChargingProfileRecord {
  return {
    chargingProfileId: 1,
    evseId: 1,
    stackLevel: 0,
    purpose: 'TxProfile',
    kind: 'Relative',
    recurrencyKind: null,
    validFrom: null,
    validTo: null,
    transactionId: null,
    source: 'CSO',
    schedule,
    alternatives: null,
    setAt: now,
    ...facts,
  };
}

describe('limitingProfile', () => {
  it('is the TxProfile of the EVSE with the highest level', () => {
    const profiles = [
      profile({ chargingProfileId: 1, stackLevel: 1 }),
      profile({ chargingProfileId: 2, stackLevel: 3, transactionId: 'T1', kind: 'Absolute' }),
      profile({ chargingProfileId: 3, stackLevel: 9, evseId: 2 }),
      profile({ chargingProfileId: 4, stackLevel: 9, purpose: 'TxDefaultProfile' }),
    ];
    expect(limitingProfile(profiles, running, now)).toEqual({
      chargingProfileId: 2,
      stackLevel: 3,
      purpose: 'TxProfile',
      kind: 'Absolute',
      transactionId: 'T1',
      schedule,
    });
  });

  it('T16 is none of another transaction, whatever its level', () => {
    const old = profile({ chargingProfileId: 1, stackLevel: 5, transactionId: 'T0' });
    const own = profile({ chargingProfileId: 2, stackLevel: 0, transactionId: 'T1' });
    expect(limitingProfile([old, own], running, now)).toMatchObject({ chargingProfileId: 2, transactionId: 'T1' });
    expect(limitingProfile([old], running, now)).toBeNull();
  });

  it('T16 is, where it names no transaction, one of whichever runs', () => {
    expect(limitingProfile([profile({})], running, now)).toMatchObject({ transactionId: 'T1' });
  });

  it('is none where none is valid now', () => {
    const past = profile({ validTo: new Date('2026-06-01T11:59:59Z') });
    const future = profile({ validFrom: new Date('2026-06-01T12:00:01Z') });
    expect(limitingProfile([past, future], running, now)).toBeNull();
    const current = profile({ validFrom: now, validTo: now, recurrencyKind: 'Daily', alternatives: [schedule] });
    expect(limitingProfile([past, future, current], running, now)).toEqual({
      chargingProfileId: 1,
      stackLevel: 0,
      purpose: 'TxProfile',
      kind: 'Relative',
      recurrencyKind: 'Daily',
      validFrom: now.toISOString(),
      validTo: now.toISOString(),
      transactionId: 'T1',
      schedule,
      alternatives: [schedule],
    });
  });
});
