import { describe, expect, it } from '@jest/globals';
import type { TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import { orphanId } from './orphan-id.ts';

const stop: TransactionEndedEffect = {
  kind: 'transactionEnded',
  transactionId: '-1',
  evseId: 0,
  connectorId: 0,
  samples: [],
  reason: 'Local',
  meterStopWh: 500,
  time: { at: new Date('2026-01-01T00:00:00Z') },
  orphan: true,
};

describe('orphanId', () => {
  it('is the id that the charger used, where it is one', () => {
    expect(orphanId({ ...stop, transactionId: '4711' })).toBe('4711');
  });

  it.each(['-1', '0'])('is found again by a repetition of a stop of %s', (transactionId) => {
    expect(orphanId({ ...stop, transactionId })).toBe(orphanId({ ...stop, transactionId }));
    expect(orphanId({ ...stop, transactionId })).toMatch(/^orphan-[0-9a-f]{16}$/);
  });

  it('differs for the next transaction of a charger that stops them all as -1', () => {
    expect(orphanId({ ...stop, meterStopWh: 900 })).not.toBe(orphanId(stop));
    expect(orphanId({ ...stop, time: { at: new Date('2026-01-02T00:00:00Z') } })).not.toBe(orphanId(stop));
  });

  it('holds when receipt filled in the time', () => {
    const received = (ms: number) => ({ ...stop, time: { at: new Date(ms), raw: '1970-01-01T00:00:00Z' } });
    expect(orphanId(received(1))).toBe(orphanId(received(2)));
  });
});
