import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { at, time, type Payload, type Station201 } from './station.ts';
import type { World } from './world.ts';

/** T16: profiles of transactions. */
export function profiles(world: () => World): void {
  const charging = async (cpId: string): Promise<{ station: Station201; sent: Payload[] }> => {
    const station = await world().two(cpId);
    const sent: Payload[] = [];
    station.answers('SetChargingProfile', (payload) => {
      sent.push(payload);
      return { status: 'Accepted' };
    });
    station.answers('GetTransactionStatus', () => ({ ongoingIndicator: true, messagesInQueue: false }));
    return { station, sent };
  };

  /** The operator limits the transaction at EVSE 1, and the station takes it. */
  async function limits(
    station: Station201,
    id: number,
    transactionId: string,
    limit: number,
    stackLevel = 0,
  ): Promise<void> {
    const charging_profile = {
      charging_profile_id: id,
      stack_level: stackLevel,
      purpose: 'TxProfile',
      kind: 'Absolute',
      transaction_id: transactionId,
      schedule: { start_schedule: time(-60), charging_rate_unit: 'A', periods: [{ start_period: 0, limit }] },
    };
    const answer = await station.operator('POST', '/commands/set-charging-profile', { evse_id: 1, charging_profile });
    expect(answer).toMatchObject({ status: 200, body: { status: 'Accepted' } });
  }

  const schedule = (limit: number): Payload => ({
    evseId: 1,
    timeBase: time(),
    chargingSchedule: {
      id: 1,
      duration: 600,
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
    },
  });

  it.concurrent.each([
    ['of a higher level', 'CASE-T16', 1],
    ['of the same level', 'CASE-T16-LEVEL', 0],
  ])("T16 a profile of another transaction, %s: only the running one's counts", async (_, cpId, level) => {
    const { station, sent } = await charging(cpId);
    await station.started('old', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await limits(station, 6, 'old', 6, level);
    await station.started('new', 0, { tag: 'BOB', wh: 2000, timestamp: at(60) });
    await limits(station, 10, 'new', 10);
    sent.length = 0;
    expect(await station.call('NotifyEVChargingSchedule', schedule(8))).toEqual({ status: 'Accepted' });
    expect(await station.call('NotifyEVChargingSchedule', schedule(12))).toEqual({ status: 'Rejected' });
    await until('the profile to be set again', async () => expect(sent).toHaveLength(1));
    expect(sent).toMatchObject([{ chargingProfile: { id: 10, transactionId: 'new' } }]);
  });

  it.concurrent(
    'T16 (relative) a running transaction without a profile of its own is not limited by the other',
    async () => {
      const { station, sent } = await charging('CASE-T16-NONE');
      await station.started('old', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
      await limits(station, 6, 'old', 6);
      await station.started('new', 0, { tag: 'BOB', wh: 2000, timestamp: at(60) });
      sent.length = 0;
      expect(await station.call('NotifyEVChargingSchedule', schedule(32))).toEqual({ status: 'Accepted' });
      expect(sent).toEqual([]);
    },
  );

  it.concurrent.each([1, 2, 3, 4, 5])(
    'T16 a CALL right behind an answer sees what that answer established (%i)',
    async (turn) => {
      const cpId = `CASE-T16-RACE-${turn}`;
      const station = await world().two(cpId);
      await station.started('tx', 0, { tag: 'ALICE', wh: 1000 });
      const { charger } = station;
      const verdicts: unknown[] = [];
      charger.answer('SetChargingProfile', (_, id) => {
        // What the gateway sets anew after its refusal is accepted, and nothing more.
        if (verdicts.length > 0) return { status: 'Accepted' };
        // The schedule of the vehicle leaves in the same breath as the acceptance.
        charger.send([3, id, { status: 'Accepted' }]);
        verdicts.push(station.call('NotifyEVChargingSchedule', schedule(20)));
        return [3, 'reported already', {}];
      });
      await limits(station, 10, 'tx', 10);
      expect(await verdicts[0]).toEqual({ status: 'Rejected' });
    },
  );
}
