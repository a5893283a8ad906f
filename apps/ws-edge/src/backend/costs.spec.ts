import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { Costs, type CostQuestion } from './costs.ts';
import { down, fakeBackend } from './testdata/fake-backend.ts';

const query: CostQuestion = {
  transactionId: 'T1',
  final: false,
  startedAt: new Date('2025-12-31T23:00:00Z'),
  meterStartWh: 1000,
  meterWh: 1200,
  energyWh: 200,
  at: new Date('2026-01-01T00:00:00Z'),
};

const EUROS = { amount: '4.20', currency: 'EUR' };

describe(Costs.name, () => {
  it.each([
    [{ total_cost: 4.2 }, { totalCost: 4.2 }],
    [{ total_cost: 0 }, { totalCost: 0 }],
    [{ total_cost: null }, null],
    [{}, null],
    [{ total_cost: '4.20' }, null],
    [{ cost: EUROS }, { totalCost: 4.2, cost: EUROS }],
    [
      { cost: EUROS, total_cost: 4.2 },
      { totalCost: 4.2, cost: EUROS },
    ],
    // Both say the same money, so the exact one counts.
    [
      { cost: EUROS, total_cost: 5 },
      { totalCost: 4.2, cost: EUROS },
    ],
    [{ cost: null, total_cost: 4.2 }, { totalCost: 4.2 }],
    [{ cost: null }, null],
    [{ cost: { amount: 4.2, currency: 'EUR' } }, null],
    [{ cost: { amount: '4.20', currency: 'euro' } }, null],
  ])('of a backend that answers %j are %s', async (answer, cost) => {
    const { ask, asked } = fakeBackend(() => answer);
    expect(await new Costs(ask, 1000, recordingLogger()).cost('CP1', query)).toEqual(cost);
    expect(asked).toEqual([
      [
        '/api/eveys/sessions/cost',
        'CP1',
        {
          transaction_id: 'T1',
          final: false,
          started_at: '2025-12-31T23:00:00.000Z',
          meter_start_wh: 1000,
          meter_wh: 1200,
          energy_wh: 200,
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
    ]);
  });

  it('are not waited for beyond their time', async () => {
    const { ask } = fakeBackend(() => new Promise(() => undefined));
    expect(await new Costs(ask, 20, recordingLogger()).cost('CP1', query)).toBeNull();
  });

  it('are none without a backend that tells them, and none when it is away', async () => {
    for (const ask of [fakeBackend(down).ask, null])
      expect(await new Costs(ask, 1000, recordingLogger()).cost('CP1', query)).toBeNull();
  });
});
