import { expect, it } from '@jest/globals';
import { at, idToken } from './station.ts';
import type { World } from './world.ts';

/** Messages in another order, at another place, or once more: relatives of T1 to T7. */
export function arrival(world: () => World): void {
  it.concurrent(
    "T6 (relative) readings under a number that is over are not counted as the next driver's energy",
    async () => {
      const cpId = 'ARR-STALE-NUMBER';
      const charger = await world().sixteen(cpId);
      const first = await charger.start(1, 'A', 1000, at(0));
      await charger.meter(1, first, 2500, at(10));
      await charger.start(1, 'B', 4000, at(60));
      await charger.meter(1, first, 6000, at(80));
      await world().downstream.holds(cpId, [
        { id_token: 'A', state: 'ended', end_inferred: 'newer_start', energy_wh: 1500, meter_stop_wh: 2500 },
        { id_token: 'B', state: 'active' },
      ]);
    },
  );

  it.concurrent("T6 (relative) readings of a connector are none of another connector's transaction", async () => {
    const cpId = 'ARR-OTHER-CONNECTOR';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'A', 1000, at(0));
    await charger.start(2, 'B', 5000, at(1));
    await charger.meter(2, first, 9000, at(10));
    await charger.start(1, 'C', 1500, at(60));
    await world().downstream.holds(cpId, [
      { id_token: 'A', evse_id: 1, end_inferred: 'newer_start', energy_wh: null },
      { id_token: 'B', evse_id: 2, state: 'active' },
      { id_token: 'C', evse_id: 1, state: 'active' },
    ]);
  });

  it.concurrent(
    'T6 (relative) each session counts from 0: a stop without a number is that of the later one',
    async () => {
      const cpId = 'ARR-FROM-ZERO';
      const charger = await world().sixteen(cpId);
      await charger.start(1, 'A', 0, at(0));
      await charger.reboot();
      await charger.start(1, 'B', 0, at(30));
      await charger.stop(-1, 700, { timestamp: at(60) });
      await world().downstream.holds(cpId, [
        { id_token: 'A', end_inferred: 'newer_start', energy_wh: null },
        { id_token: 'B', end_inferred: null, energy_wh: 700 },
      ]);
    },
  );

  it.concurrent('T2 (relative) one stop sent with its number and again without is one stop', async () => {
    const cpId = 'ARR-WITH-AND-WITHOUT';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'A', 0, at(0));
    await charger.start(2, 'B', 0, at(1));
    await charger.stop(first, 700, { timestamp: at(30), reason: 'PowerLoss' });
    await charger.reboot();
    await charger.stop(-1, 700, { timestamp: at(30), reason: 'PowerLoss' });
    await world().downstream.holds(cpId, [
      { id_token: 'A', state: 'ended', energy_wh: 700 },
      { id_token: 'B', state: 'active' },
    ]);
  });

  it.concurrent(
    'T3 (relative) a stop with the number of one that has ended is not that of another driver elsewhere',
    async () => {
      const cpId = 'ARR-ELSEWHERE';
      const charger = await world().sixteen(cpId);
      const first = await charger.start(1, 'A', 0, at(0));
      await charger.stop(first, 1000, { timestamp: at(10) });
      await charger.start(2, 'B', 500, at(20));
      await charger.stop(first, 1200, { timestamp: at(50) });
      await world().downstream.holds(cpId, [
        { id_token: 'A', state: 'ended', energy_wh: 1000 },
        { id_token: 'B', state: 'active' },
        { energy_wh: null, meter_stop_wh: 1200, unassigned_reason: 'several_transactions_fit' },
      ]);
    },
  );

  it.concurrent(
    'T3 (relative) a stop that was found to be another’s end changes nothing when it comes again',
    async () => {
      const cpId = 'ARR-T3-AGAIN';
      const charger = await world().sixteen(cpId);
      const first = await charger.start(1, 'CARD1', 0, at(0));
      await charger.stop(first, 1000, { timestamp: at(10) });
      await charger.start(1, 'CARD1', 1000, at(20));
      const stop = { idTag: 'CARD1', timestamp: at(50) };
      await charger.stop(first, 9000, stop);
      await charger.reboot();
      await charger.stop(first, 9000, stop);
      await world().downstream.holds(cpId, [
        { state: 'ended', energy_wh: 1000 },
        { state: 'ended', energy_wh: 8000 },
      ]);
    },
  );

  it.concurrent('T4 (relative) the same start in another notation of its time is the same transaction', async () => {
    const cpId = 'ARR-NOTATION';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'CARD1', 1000, at(0));
    expect(await charger.start(1, 'CARD1', 1000, at(0).replace('.000Z', '+00:00'))).toBe(first);
    await world().downstream.holds(cpId, [{ transaction_id: String(first), state: 'active' }]);
  });

  it.concurrent('T4 (relative) a clock that is set back during the session: no negative length', async () => {
    const cpId = 'ARR-SET-BACK';
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'CARD1', 0, at(120));
    await charger.stop(id, 3000, { timestamp: at(60) });
    const [session] = await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000 }]);
    const { started_at: from, ended_at: to } = session ?? {};
    expect(Date.parse(String(to))).toBeGreaterThanOrEqual(Date.parse(String(from)));
  });

  it.concurrent('T11 (relative) 2.0.1: a clock that is set back in mid-session splits nothing', async () => {
    const cpId = 'ARR-SET-BACK-201';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.ended('tx', 2, { wh: 4000, timestamp: at(5) });
    await station.updated('tx', 1, { wh: 2000, timestamp: at(60) });
    await world().downstream.holds(cpId, [{ id_token: 'ALICE', state: 'ended', energy_wh: 3000, missing_seq_nos: [] }]);
  });

  it.concurrent(
    'T7 (relative) the first use of an id never ended, and the second is published from its end',
    async () => {
      const cpId = 'ARR-REUSED-REVERSED';
      const station = await world().two(cpId);
      await station.started('1', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
      await station.updated('1', 1, { wh: 3000, timestamp: at(10) });
      await station.reboot();
      await station.ended('1', 1, { wh: 9000, timestamp: at(90), idToken: idToken('BOB') });
      await station.started('1', 0, { tag: 'BOB', wh: 4000, timestamp: at(60) });
      await world().downstream.holds(cpId, [
        { id_token: 'ALICE', state: 'ended', end_inferred: 'reused_id', energy_wh: 2000 },
        { id_token: 'BOB', state: 'ended', end_inferred: null, energy_wh: 5000 },
      ]);
    },
  );
}
