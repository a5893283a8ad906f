import { expect, it } from '@jest/globals';
import { at, idToken, type Payload } from './station.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;

/** By the clock of whoever received it: neither decades long nor long ago. */
function happenedNow({ started_at: startedAt, ended_at: endedAt }: Payload): void {
  const [from, to] = [startedAt, endedAt].map((text) => Date.parse(String(text))) as [number, number];
  expect(to - from).toBeGreaterThanOrEqual(0);
  expect(to - from).toBeLessThan(HOUR_MS);
  expect(Date.now() - from).toBeLessThan(HOUR_MS);
}

/** T4, T5, T7: the same again is not always a repetition. */
export function repetition(world: () => World): void {
  it.concurrent.each([
    ['T4 a clock that always starts at the same date: two transactions, two ends', 'CASE-T4', '2000-01-01T00:00:20Z'],
    ['T4 (relative) the same with a clock that starts in 1970', 'CASE-T4-1970', '1970-01-01T00:00:20Z'],
    ['T4 (relative) the same with a clock that starts in 0001', 'CASE-T4-0001', '0001-01-01T00:00:20Z'],
  ])('%s', async (_, cpId, timestamp) => {
    const charger = await world().sixteen(cpId);
    const ids: number[] = [];
    for (const wh of [3000, 7000]) {
      ids.push(await charger.start(1, '04A1B2C3', 0, timestamp));
      await charger.stop(ids.at(-1) ?? 0, wh, { timestamp: timestamp.replace('00:00:20', '00:30:00') });
    }
    const [first, second] = await world().downstream.holds(cpId, [
      { transaction_id: String(ids[0]), state: 'ended', energy_wh: 3000, end_inferred: null },
      { transaction_id: String(ids[1]), state: 'ended', energy_wh: 7000, end_inferred: null },
    ]);
    happenedNow(first ?? {});
    happenedNow(second ?? {});
  });

  it.concurrent.each([
    ['a boot between', 'CASE-T4-BOOT', true],
    ['no boot between', 'CASE-T4-STRAIGHT', false],
  ])(
    'T4 (relative) the same start after a stop is a new transaction whatever the date, with %s',
    async (_, cpId, boots) => {
      const charger = await world().sixteen(cpId);
      const first = await charger.start(1, 'CARD1', 0, at(0));
      await charger.stop(first, 3000, { timestamp: at(20) });
      if (boots) await charger.reboot();
      const second = await charger.start(1, 'CARD1', 0, at(0));
      expect(second).not.toBe(first);
      await charger.stop(second, 7000, { timestamp: at(25) });
      await world().downstream.holds(cpId, [
        { transaction_id: String(first), state: 'ended', energy_wh: 3000 },
        { transaction_id: String(second), state: 'ended', energy_wh: 7000 },
      ]);
    },
  );

  it.concurrent('T4 (relative) the same start with nothing between is the same transaction', async () => {
    const cpId = 'CASE-T4-SAME';
    const charger = await world().sixteen(cpId);
    const first = await charger.start(1, 'CARD1', 0);
    expect(await charger.start(1, 'card1', 0)).toBe(first);
    await world().downstream.holds(cpId, [{ transaction_id: String(first), state: 'active' }]);
    expect(
      world()
        .downstream.calls(cpId, String(first))
        .map(({ path }) => path),
    ).toEqual(['open']);
  });

  const startFrame =
    '[2,"2","StartTransaction",{"connectorId":1,"idTag":"CARD1","meterStart":0,"timestamp":"1970-01-01T00:00:30Z"}]';
  const stopFrame = '[2,"3","StopTransaction",{"transactionId":0,"meterStop":500,"timestamp":"1970-01-01T00:10:30Z"}]';

  it.concurrent.each([
    ['T5 the same bytes after a new start are a new stop: two ended sessions', 'CASE-T5', false],
    ['T5 (relative) the same with a boot between', 'CASE-T5-BOOT', true],
  ])('%s', async (_, cpId, boots) => {
    const charger = await world().sixteen(cpId);
    for (const turn of [1, 2]) {
      if (boots && turn === 2) await charger.reboot();
      charger.charger.sendRaw(startFrame);
      expect(await charger.charger.next()).toEqual([
        3,
        '2',
        expect.objectContaining({ transactionId: expect.any(Number) }),
      ]);
      charger.charger.sendRaw(stopFrame);
      expect(await charger.charger.next()).toEqual([3, '3', expect.any(Object)]);
    }
    const ended = { state: 'ended', id_token: 'CARD1', energy_wh: 500, end_inferred: null };
    await world().downstream.holds(cpId, [ended, ended]);
  });

  it.concurrent('T5 (relative) the same bytes with nothing between are one stop', async () => {
    const cpId = 'CASE-T5-SAME';
    const charger = await world().sixteen(cpId);
    charger.charger.sendRaw(startFrame);
    await charger.charger.next();
    for (let turn = 1; turn <= 2; turn += 1) {
      charger.charger.sendRaw(stopFrame);
      expect(await charger.charger.next()).toEqual([3, '3', expect.any(Object)]);
    }
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 500 }]);
  });

  it.concurrent.each([
    ['T7 a transactionId used again: each driver has their own session', 'CASE-T7', 'ALICE', 'BOB'],
    ['T7 a transactionId used again by the same driver: two sessions', 'CASE-T7-SAME', 'ALICE', 'ALICE'],
  ])('%s', async (_, cpId, first, second) => {
    const { downstream, stack } = world();
    const station = await world().two(cpId);
    await station.started('1', 0, { tag: first, wh: 1000, timestamp: at(0) });
    await station.updated('1', 1, { timestamp: at(1) });
    await station.ended('1', 2, { wh: 11_000, timestamp: at(2) });
    await station.reboot();
    await station.started('1', 0, { tag: second, wh: 11_000, timestamp: at(60) });
    await station.updated('1', 1, { timestamp: at(61) });
    await station.ended('1', 2, { wh: 16_000, timestamp: at(62) });
    const ended = { state: 'ended', station_transaction_id: '1', end_inferred: null, missing_seq_nos: [] };
    const sessions = await downstream.holds(cpId, [
      { ...ended, id_token: first, energy_wh: 10_000, transaction_id: '1' },
      { ...ended, id_token: second, energy_wh: 5000 },
    ]);
    for (const { transaction_id } of sessions) {
      const paths = downstream.calls(cpId, transaction_id).map(({ path }) => path);
      expect(paths.filter((path) => ['open', 'close'].includes(path))).toEqual(['open', 'close']);
    }
    expect(await stack.edges[0].metrics()).toMatch(/reused[^\n]* [1-9]/);
  });

  it.concurrent('T7 a transactionId used again while the first never ended', async () => {
    const cpId = 'CASE-T7-ENDLESS';
    const station = await world().two(cpId);
    await station.started('1', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.updated('1', 1, { wh: 5000, timestamp: at(1) });
    await station.reboot();
    await station.started('1', 0, { tag: 'BOB', wh: 11_000, timestamp: at(60) });
    await station.updated('1', 1, { timestamp: at(61) });
    await station.ended('1', 2, { wh: 16_000, timestamp: at(62) });
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'ALICE', energy_wh: 4000, end_inferred: 'reused_id', station_transaction_id: '1' },
      { state: 'ended', id_token: 'BOB', energy_wh: 5000, end_inferred: null, station_transaction_id: '1' },
    ]);
  });

  it.concurrent(
    'T7 (relative) what the first transaction said is repeated after the second began, and changes nothing',
    async () => {
      const cpId = 'CASE-T7-LATE';
      const station = await world().two(cpId);
      const tell = async (tag: string, wh: number, minute: number): Promise<void> => {
        await station.started('1', 0, { tag, wh, timestamp: at(minute) });
        await station.ended('1', 1, { wh: wh + 1000, timestamp: at(minute + 1), idToken: idToken(tag) });
      };
      await tell('ALICE', 1000, 0);
      await station.reboot();
      await station.started('1', 0, { tag: 'BOB', wh: 2000, timestamp: at(60) });
      await station.ended('1', 1, { wh: 2000, timestamp: at(1), idToken: idToken('ALICE') });
      await world().downstream.holds(cpId, [
        { state: 'ended', id_token: 'ALICE', energy_wh: 1000 },
        { state: 'active', id_token: 'BOB' },
      ]);
    },
  );

  it.concurrent('T7 (relative) an offline queue sent in the wrong order is still one transaction', async () => {
    const cpId = 'CASE-T7-ORDER';
    const station = await world().two(cpId);
    await station.ended('tx', 2, { wh: 6000, timestamp: at(9), offline: true });
    await station.updated('tx', 1, { wh: 3000, timestamp: at(5), offline: true });
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0), offline: true });
    await world().downstream.holds(cpId, [
      { state: 'ended', transaction_id: 'tx', id_token: 'ALICE', energy_wh: 5000, missing_seq_nos: [] },
    ]);
  });
}
