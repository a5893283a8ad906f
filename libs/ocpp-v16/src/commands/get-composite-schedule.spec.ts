import { describe, expect, it } from '@jest/globals';
import { getCompositeSchedule } from './get-composite-schedule.ts';

describe('GetCompositeSchedule', () => {
  it.each([
    { sent: { evseId: 0, duration: 300 }, payload: { connectorId: 0, duration: 300 } },
    {
      sent: { evseId: 1, duration: 300, chargingRateUnit: 'W' as const },
      payload: { connectorId: 1, duration: 300, chargingRateUnit: 'W' },
    },
  ])('sends $payload (TC_066)', ({ sent, payload }) => {
    expect(getCompositeSchedule.toCall({ kind: 'GetCompositeSchedule', ...sent })).toEqual({
      ok: true,
      action: 'GetCompositeSchedule',
      payload,
    });
  });

  it.each([
    [{ evseId: -1, duration: 300 }, '/connectorId'],
    [{ evseId: 1, duration: 0.5 }, '/duration'],
  ])('refuses %j', (sent, path) => {
    expect(getCompositeSchedule.toCall({ kind: 'GetCompositeSchedule', ...sent })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });
});
