import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, time } from './octt.ts';

/** Block K, limits that another system sets (K11 to K14). */
export function externalLimits(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** NotifyChargingLimit, and what the operator reads of it. */
  async function limited(octt: Octt, limit: number, evseId?: number): Promise<void> {
    const startSchedule = time();
    const period = { startPeriod: 0, limit };
    const request = {
      chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: true },
      chargingSchedule: [{ id: 1, startSchedule, chargingRateUnit: 'W', chargingSchedulePeriod: [period] }],
      ...(evseId && { evseId }),
    };
    expect(await octt.call('NotifyChargingLimit', request)).toEqual({});
    expect(await octt.list('/charging-limits')).toMatchObject([
      {
        evse_id: evseId ?? 0,
        source: 'EMS',
        grid_critical: true,
        schedules: [{ start_schedule: startSchedule, charging_rate_unit: 'W', periods: [{ start_period: 0, limit }] }],
      },
    ]);
  }

  async function released(octt: Octt, evseId?: number): Promise<void> {
    const request = { chargingLimitSource: 'EMS', ...(evseId && { evseId }) };
    expect(await octt.call('ClearedChargingLimit', request)).toEqual({});
    expect(await octt.list('/charging-limits')).toEqual([]);
  }

  it('TC_K_48 Set / Update External Charging Limit (not on a transaction)', async () => {
    const octt = await booted('OCTT2-K_48');
    await limited(octt, 11_000);
    await limited(octt, 4200);
  });

  it('TC_K_50 Reset / release external charging limit - Without ongoing transaction', async () => {
    const octt = await booted('OCTT2-K_50');
    await limited(octt, 11_000);
    await released(octt);
  });

  it('TC_K_51 Reset / release external charging limit - With ongoing transaction', async () => {
    const octt = await booted('OCTT2-K_51');
    const transaction = await octt.charging();
    await limited(octt, 4200, 1);
    await transaction.updated('ChargingRateChanged', { wh: 1500 });
    await released(octt, 1);
    await transaction.updated('ChargingRateChanged', { wh: 1600 });
    expect(await octt.transaction()).toMatchObject({ state: 'active', missing_seq_nos: [] });
  });
}
