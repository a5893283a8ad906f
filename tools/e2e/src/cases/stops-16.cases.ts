import { expect, it } from '@jest/globals';
import { rest } from '../stack.ts';
import { at, type Payload } from './station.ts';
import type { World } from './world.ts';

/** A stop that nobody can be sure of: kept, published, and billed to nobody. */
const unassigned = (meterStop: number): Payload => ({
  state: 'ended',
  energy_wh: null,
  meter_stop_wh: meterStop,
  unassigned_reason: expect.any(String),
});

/** T1 to T3: whose end a stop of 1.6 is. */
export function stops16(world: () => World): void {
  const counted = async (outcome: string): Promise<void> => {
    const name = 'eveys_ocpp_ws_transaction_outcomes_total';
    const line = new RegExp(`^${name}{protocol="ocpp1.6",outcome="${outcome}"} [1-9]`, 'm');
    expect(await world().stack.edges[0].metrics()).toMatch(line);
  };

  it.concurrent('T1 whose stop is it: the id token decides between two running sessions', async () => {
    const { downstream } = world();
    const charger = await world().sixteen('CASE-T1');
    await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 0);
    await charger.stop(0, 5000, { idTag: 'CARD1' });
    await charger.stop(0, 700, { idTag: 'CARD2' });
    await downstream.holds('CASE-T1', [
      { state: 'ended', id_token: 'CARD1', energy_wh: 5000, connector_id: 1 },
      { state: 'ended', id_token: 'CARD2', energy_wh: 700 },
    ]);
  });

  it.concurrent.each([
    ['the stops come in the other order', 'CASE-T1-ORDER', ['CARD2', 'CARD1']],
    ['the letter case of the token differs', 'CASE-T1-LETTER', ['card1', 'Card2']],
    ['a blank stands behind the token', 'CASE-T1-BLANK', ['CARD1 ', 'CARD2 ']],
  ])('T1 (relative) %s: the token decides all the same', async (_, cpId, tags) => {
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 0);
    for (const idTag of tags) await charger.stop(-1, /1/.test(idTag) ? 5000 : 700, { idTag });
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'CARD1', energy_wh: 5000 },
      { state: 'ended', id_token: 'CARD2', energy_wh: 700 },
    ]);
  });

  it.concurrent('T1 (relative) a token of the same group stops the session of its group', async () => {
    const cpId = 'CASE-T1-GROUP';
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'OTHER', 0);
    await charger.start(2, 'CASE-SISTER', 0);
    await charger.stop(0, 3000, { idTag: 'CASE-BROTHER' });
    await world().downstream.holds(cpId, [
      { state: 'active', id_token: 'OTHER' },
      { state: 'ended', id_token: 'CASE-SISTER', energy_wh: 3000 },
    ]);
  });

  it.concurrent.each([
    ['CASE-T1-REGISTER-A', [500, 12_000]],
    ['CASE-T1-REGISTER-B', [12_000, 500]],
  ])('T1 (relative) without a token the registers decide, in either order (%s)', async (cpId, stops) => {
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 10_000);
    for (const wh of stops) await charger.stop(0, wh);
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'CARD1', energy_wh: 500 },
      { state: 'ended', id_token: 'CARD2', energy_wh: 2000 },
    ]);
  });

  it.concurrent('T1 (relative) a stop is never below the last register of its session', async () => {
    const cpId = 'CASE-T1-READING';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 0);
    await charger.meter(1, first, 4000);
    await charger.stop(-1, 700);
    await charger.stop(-1, 4500);
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'CARD1', energy_wh: 4500 },
      { state: 'ended', id_token: 'CARD2', energy_wh: 700 },
    ]);
  });

  it.concurrent(
    "T1 (relative) a third driver's token ends nobody's session, and an operator assigns the stop",
    async () => {
      const cpId = 'CASE-T1-THIRD';
      const { downstream, stack } = world();
      const charger = await world().sixteen(cpId);
      const first = await charger.start(1, 'CARD1', 0);
      await charger.start(2, 'CARD2', 0);
      await charger.stop(0, 700, { idTag: 'CARD3' });
      const running = [
        { state: 'active', id_token: 'CARD1', unassigned_reason: null },
        { state: 'active', id_token: 'CARD2', unassigned_reason: null },
      ];
      const [, , record] = await downstream.holds(cpId, [...running, unassigned(700)]);
      expect(await downstream.rest(cpId, '&unassigned=true')).toHaveLength(1);
      await counted('unassigned');
      const path = `/charge-points/${cpId}/transactions/${String(record?.['transaction_id'])}/assign`;
      expect((await rest(stack, 'POST', path, { to: String(first) })).status).toBe(200);
      await downstream.holds(cpId, [
        { state: 'ended', id_token: 'CARD1', transaction_id: String(first), energy_wh: 700 },
        { state: 'active', id_token: 'CARD2' },
      ]);
      // What became of the stop is kept, and published.
      const id = String(record?.['transaction_id']);
      expect(await charger.read(`/transactions/${id}`)).toMatchObject({ assigned_to: String(first), energy_wh: null });
      expect(downstream.calls(cpId, id).at(-1)).toMatchObject({ path: 'close', data: { assigned_to: String(first) } });
      expect(await downstream.rest(cpId, '&unassigned=true')).toEqual([]);
    },
  );

  it.concurrent('T2 two stops in one second: each session ends with its own register', async () => {
    const charger = await world().sixteen('CASE-T2');
    const first = await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 4800);
    await charger.meter(1, first, 600);
    await charger.reboot();
    await charger.stop(-1, 700, { reason: 'PowerLoss' });
    await charger.stop(-1, 5000, { reason: 'PowerLoss' });
    await world().downstream.holds('CASE-T2', [
      { state: 'ended', id_token: 'CARD1', energy_wh: 700, stop_reason: 'PowerLoss' },
      { state: 'ended', id_token: 'CARD2', energy_wh: 200, stop_reason: 'PowerLoss' },
    ]);
  });

  it.concurrent('T2 where the registers do not tell two sessions apart, both stops are kept unassigned', async () => {
    const cpId = 'CASE-T2-ALIKE';
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'CARD1', 0);
    await charger.start(2, 'CARD2', 0);
    await charger.reboot();
    await charger.stop(-1, 700, { reason: 'PowerLoss' });
    await charger.stop(-1, 5000, { reason: 'PowerLoss' });
    await world().downstream.holds(cpId, [
      { state: 'active', id_token: 'CARD1' },
      { state: 'active', id_token: 'CARD2' },
      unassigned(700),
      unassigned(5000),
    ]);
  });

  it.concurrent('T2 (relative) the same stop twice is one stop', async () => {
    const cpId = 'CASE-T2-AGAIN';
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'CARD1', 0);
    for (let turn = 1; turn <= 3; turn += 1) await charger.stop(-1, 700, { reason: 'PowerLoss' });
    await world().downstream.holds(cpId, [{ state: 'ended', id_token: 'CARD1', energy_wh: 700 }]);
  });

  const transactionData = [{ timestamp: at(50), sampledValue: [{ value: '9000', context: 'Transaction.End' }] }];

  it.concurrent('T3 a stop that names an ended transaction is the end of the one that runs for its card', async () => {
    const charger = await world().sixteen('CASE-T3');
    const { downstream } = world();
    const first = await charger.start(1, 'CARD1', 0, at(0));
    await charger.stop(first, 1000, { timestamp: at(10) });
    const second = await charger.start(1, 'CARD1', 1000, at(20));
    await charger.stop(first, 9000, { idTag: 'CARD1', timestamp: at(50), transactionData });
    await downstream.holds('CASE-T3', [
      { transaction_id: String(first), state: 'ended', energy_wh: 1000 },
      { transaction_id: String(second), state: 'ended', energy_wh: 8000, meter_stop_wh: 9000 },
    ]);
  });

  it.concurrent('T3 a provisional stop at power loss is corrected by the true one', async () => {
    const cpId = 'CASE-T3-CORRECTED';
    const { downstream } = world();
    const charger = await world().sixteen(cpId);
    const id = await charger.start(1, 'CARD1', 0, at(0));
    await charger.stop(id, 1000, { timestamp: at(10), reason: 'PowerLoss' });
    await downstream.holds(cpId, [{ state: 'ended', energy_wh: 1000 }]);
    await charger.stop(id, 1200, { timestamp: at(12), idTag: 'CARD1', reason: 'Local' });
    await downstream.holds(cpId, [{ state: 'ended', energy_wh: 1200, stop_reason: 'Local', unassigned_reason: null }]);
    const revisions = downstream.calls(cpId, String(id)).map(({ data }) => data['revision']);
    expect(revisions).toEqual([...new Set(revisions)].sort((one, other) => Number(one) - Number(other)));
    expect(revisions.length).toBeGreaterThanOrEqual(3);
    await counted('correction');
  });

  it.concurrent("T3 (relative) a stop of an ended transaction never takes another driver's energy", async () => {
    const cpId = 'CASE-T3-OTHER';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'CARD1', 0, at(0));
    await charger.stop(first, 1000, { timestamp: at(10) });
    const second = await charger.start(1, 'CARD2', 1000, at(20));
    await charger.stop(first, 9000, { idTag: 'CARD1', timestamp: at(50) });
    await world().downstream.holds(cpId, [
      { transaction_id: String(first), state: 'ended', energy_wh: 1000 },
      { transaction_id: String(second), state: 'active', id_token: 'CARD2' },
      unassigned(9000),
    ]);
  });

  it.concurrent('T3 (relative) an exact repetition of a stop changes nothing, even after the next start', async () => {
    const cpId = 'CASE-T3-REPEATED';
    const { downstream } = world();
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'CARD1', 0, at(0));
    const stop = { timestamp: at(10), idTag: 'CARD1' };
    await charger.stop(first, 1000, stop);
    const second = await charger.start(1, 'CARD1', 1000, at(20));
    const before = await downstream.rest(cpId);
    await charger.stop(first, 1000, stop);
    await downstream.holds(cpId, [
      { transaction_id: String(first), state: 'ended', energy_wh: 1000 },
      { transaction_id: String(second), state: 'active' },
    ]);
    expect((await downstream.rest(cpId)).map(({ revision }) => revision)).toEqual(
      before.map(({ revision }) => revision),
    );
  });

  it.concurrent('T3 (relative) a stop of a transaction that nobody knows is kept unassigned', async () => {
    const cpId = 'CASE-T3-UNKNOWN';
    const charger = await world().sixteen(cpId);
    await charger.start(1, 'CARD1', 0);
    await charger.stop(2_000_000_001, 9000, { idTag: 'CARD9' });
    await world().downstream.holds(cpId, [{ state: 'active', id_token: 'CARD1' }, unassigned(9000)]);
  });
}
