import { describe, expect, it } from '@jest/globals';
import type { TrueMessage, TrueSession } from '../truth.ts';
import { curveOf, energyAt } from './curve.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 30, 5, minute)).toISOString();
const session = {
  cpId: 'CP1',
  session: 1,
  beganAt: at(0),
  endedAt: at(30),
  energyWh: 3000,
  totalBeginWh: 10_000,
} as TrueSession;
const reading = (minute: number, totalWh: number, payload: object = { meterValue: [] }): TrueMessage =>
  ({ cpId: 'CP1', session: 1, readAt: at(minute), totalWh, payload }) as TrueMessage;

describe('the energy of a session over time', () => {
  it.each([
    ['before it began', -5, 0],
    ['when it began', 0, 0],
    ['between two readings', 5, 500],
    ['at a reading', 10, 1000],
    ['after the last reading', 20, 2000],
    ['after its end', 45, 3000],
  ])('is known %s', (_, minute, wh) => {
    const messages = [
      reading(10, 11_000),
      reading(10, 11_000),
      reading(2, 10_900, { eventType: 'Updated', meterValue: null }),
    ];
    expect(energyAt(curveOf(session, messages), Date.parse(at(0)) + minute * 60_000)).toBeCloseTo(wh);
  });

  it('does not see the readings of others', () => {
    const others = [
      { ...reading(10, 99_000), session: 2 },
      { ...reading(10, 99_000), cpId: 'CP2' },
    ];
    expect(curveOf(session, others)).toHaveLength(2);
  });
});
