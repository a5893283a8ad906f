import { describe, expect, it } from '@jest/globals';
import type { ChargingNeedsQuery } from '@ocpp-gw/ocpp-j';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { ChargingNeeds } from './charging-needs.ts';
import { down, fakeBackend } from './testdata/fake-backend.ts';

const query: ChargingNeedsQuery = {
  evseId: 1,
  needs: { requestedEnergyTransfer: 'DC', dcChargingParameters: { evMaxCurrent: 200, evMaxVoltage: 400 } },
  maxScheduleTuples: 16,
};
const running = () => Promise.resolve('T1');

const profile = {
  charging_profile_id: 7,
  stack_level: 1,
  kind: 'Absolute',
  schedule: {
    start_schedule: '2026-01-01T00:00:00Z',
    charging_rate_unit: 'W',
    periods: [{ start_period: 0, limit: 50_000, number_phases: null }],
  },
};
const neutral = {
  chargingProfileId: 7,
  stackLevel: 1,
  purpose: 'TxProfile',
  kind: 'Absolute',
  schedule: {
    startSchedule: '2026-01-01T00:00:00Z',
    chargingRateUnit: 'W',
    periods: [{ startPeriod: 0, limit: 50_000 }],
  },
};

describe(ChargingNeeds.name, () => {
  it('are passed on as the charger sent them, with the transaction that runs there', async () => {
    const { ask, asked } = fakeBackend(() => ({ status: 'processing' }));
    expect(await new ChargingNeeds(ask, recordingLogger()).answer('CP1', query, running)).toEqual({
      status: 'Processing',
    });
    const { maxScheduleTuples: _, ...without } = query;
    await new ChargingNeeds(ask, recordingLogger()).answer('CP1', without, () => Promise.resolve(null));
    expect(asked).toEqual([
      [
        '/api/eveys/charging-needs',
        'CP1',
        { evse_id: 1, transaction_id: 'T1', charging_needs: query.needs, max_schedule_tuples: 16 },
      ],
      [
        '/api/eveys/charging-needs',
        'CP1',
        { evse_id: 1, transaction_id: null, charging_needs: query.needs, max_schedule_tuples: null },
      ],
    ]);
  });

  it.each([
    [{ status: 'accepted' }, { status: 'Accepted' }],
    [
      { status: 'accepted', charging_profile: profile },
      { status: 'Accepted', profile: { transactionId: 'T1', ...neutral } },
    ],
    [
      { status: 'accepted', charging_profile: { ...profile, transaction_id: 'T2', alternatives: [profile.schedule] } },
      // T16: the needs are those of the transaction that runs.
      { status: 'Accepted', profile: { ...neutral, transactionId: 'T1', alternatives: [neutral.schedule] } },
    ],
    [{ status: 'rejected', charging_profile: profile }, { status: 'Rejected' }],
    [{ status: 'accepted', charging_profile: { ...profile, purpose: 'TxDefaultProfile' } }, { status: 'Processing' }],
    [{ status: 'perhaps' }, { status: 'Processing' }],
  ])('are judged by a backend that answers %j (K15)', async (given, word) => {
    const { ask } = fakeBackend(() => given);
    expect(await new ChargingNeeds(ask, recordingLogger()).answer('CP1', query, running)).toEqual(word);
  });

  it('are processed while the backend is away, and refused where none wants them (K15)', async () => {
    const away = new ChargingNeeds(fakeBackend(down).ask, recordingLogger());
    expect(await away.answer('CP1', query, running)).toEqual({ status: 'Processing' });
    const none = new ChargingNeeds(null, recordingLogger());
    expect(await none.answer('CP1', query, () => Promise.reject(new Error('not looked up')))).toEqual({
      status: 'Rejected',
    });
  });
});
