import { describe, expect, it } from '@jest/globals';
import type { TransactionUpdatedEffect } from '@ocpp-gw/ocpp-j';
import { contentHash } from './content-hash.ts';

const effect: TransactionUpdatedEffect = {
  kind: 'transactionUpdated',
  transactionId: 'tx',
  seqNo: 3,
  evseId: 1,
  connectorId: 1,
  chargingState: 'Charging',
  triggerReason: 'MeterValuePeriodic',
  offline: false,
  idToken: { idToken: 'ABC', type: 'Central' },
  idTokenStatus: 'Accepted',
  samples: [
    { at: new Date(0), value: 1, unit: 'Wh', rawValue: '1', rawUnit: 'Wh', measurand: 'Energy.Active.Import.Register' },
  ],
  time: { at: new Date('2026-01-01T00:00:00Z') },
};
const hash = (difference: Partial<TransactionUpdatedEffect> = {}) => contentHash({ ...effect, ...difference });

describe('contentHash', () => {
  it.each([
    ['our answer', { idTokenStatus: 'Unknown' }],
    ['being sent offline', { offline: true }],
    ['the letter case of the token', { idToken: { idToken: 'abc', type: 'Central' } }],
  ])('does not depend on %s', (_what, difference) => {
    expect(hash(difference)).toBe(hash());
  });

  it('does not depend on the receive time where that filled in for the clock', () => {
    const received = (ms: number) => ({ time: { at: new Date(ms), raw: 'garbage' } });
    expect(hash(received(1))).toBe(hash(received(2)));
    const withoutTime = (ms: number) => ({ time: { at: new Date(ms), assumed: true } as const });
    expect(hash(withoutTime(1))).toBe(hash(withoutTime(2)));
  });

  it.each([
    ['time', { time: { at: new Date('2026-01-01T00:00:01Z') } }],
    ['trigger', { triggerReason: 'ChargingStateChanged' }],
    ['state', { chargingState: 'SuspendedEV' }],
    ['samples', { samples: [] }],
  ])('depends on the %s', (_what, difference) => {
    expect(hash(difference)).not.toBe(hash());
  });
});
