import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { rest } from '../stack.ts';
import { at, idToken, readings, time, type Payload } from './station.ts';
import type { World } from './world.ts';

/** Relatives of T1 to T16 that differ from them in more than a detail. */
export function relatives(world: () => World): void {
  const HOUR_MS = 3_600_000;
  const length = (session: Payload | undefined): number =>
    Date.parse(String(session?.['ended_at'])) - Date.parse(String(session?.['started_at']));

  it.concurrent('T4 (relative) 2.0.1: a clock that always starts at the same date', async () => {
    const cpId = 'REL-T4-201';
    const station = await world().two(cpId);
    for (const wh of [3000, 7000]) {
      await station.started('1', 0, { tag: 'ALICE', wh: 0, timestamp: '2000-01-01T00:00:20Z' });
      await station.ended('1', 1, { wh, timestamp: '2000-01-01T00:30:20Z' });
      await station.reboot();
    }
    const sessions = await world().downstream.holds(cpId, [
      { state: 'ended', energy_wh: 3000 },
      { state: 'ended', energy_wh: 7000 },
    ]);
    for (const session of sessions) expect(length(session)).toBeLessThan(HOUR_MS);
  });

  it.concurrent('T4 (relative) a clock that is set during the session: no negative and no endless length', async () => {
    const cpId = 'REL-T4-SET';
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 0, '2000-01-01T00:00:20Z');
    await station.stop(id, 3000, { timestamp: time() });
    const [session] = await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000 }]);
    expect(length(session)).toBeGreaterThanOrEqual(0);
    expect(length(session)).toBeLessThan(HOUR_MS);
  });

  it.concurrent('T2 (relative) three stops in one second, three sessions, any order', async () => {
    const cpId = 'REL-T2-THREE';
    const station = await world().sixteen(cpId);
    await station.start(1, 'CARD1', 1000);
    await station.start(2, 'CARD2', 20_000);
    await station.start(3, 'CARD3', 300_000);
    await station.reboot();
    for (const wh of [20_500, 300_700, 1200]) await station.stop(-1, wh, { reason: 'PowerLoss' });
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'CARD1', energy_wh: 200 },
      { state: 'ended', id_token: 'CARD2', energy_wh: 500 },
      { state: 'ended', id_token: 'CARD3', energy_wh: 700 },
    ]);
  });

  it.concurrent('T1 (relative) a stop below every running register fits none and is kept', async () => {
    const cpId = 'REL-T1-BELOW';
    const station = await world().sixteen(cpId);
    await station.start(1, 'CARD1', 5000);
    await station.start(2, 'CARD2', 6000);
    await station.stop(0, 40);
    await world().downstream.holds(cpId, [
      { state: 'active', id_token: 'CARD1' },
      { state: 'active', id_token: 'CARD2' },
      { energy_wh: null, meter_stop_wh: 40, unassigned_reason: expect.any(String) },
    ]);
  });

  it.concurrent("T1 (relative) a master's token with a real id ends that transaction", async () => {
    const cpId = 'REL-T1-MASTER';
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 0);
    await station.start(2, 'CARD2', 0);
    await station.stop(id, 900, { idTag: 'MASTER' });
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'CARD1', energy_wh: 900 },
      { state: 'active', id_token: 'CARD2' },
    ]);
  });

  it.concurrent('T3 (relative) 2.0.1: an Ended with other content corrects, its repetition does not', async () => {
    const cpId = 'REL-T3-201';
    const { downstream } = world();
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.ended('tx', 1, { wh: 3000, timestamp: at(10), info: { stoppedReason: 'PowerLoss' } });
    await downstream.holds(cpId, [{ state: 'ended', energy_wh: 2000 }]);
    for (let turn = 1; turn <= 2; turn += 1) await station.ended('tx', 2, { wh: 3500, timestamp: at(12) });
    await downstream.holds(cpId, [{ state: 'ended', energy_wh: 2500, stop_reason: 'Local' }]);
  });

  it.concurrent('T11 (relative) one number with two registers: both are kept, the end counts', async () => {
    const cpId = 'REL-T11-TWICE';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.updated('tx', 1, { wh: 2000, timestamp: at(10) });
    await station.updated('tx', 1, { wh: 3000, timestamp: at(20) });
    await station.ended('tx', 1, { wh: 4000, timestamp: at(30) });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000, id_token: 'ALICE' }]);
    await until('both readings', async () => {
      const values = (await station.list('/meter-values')).map(({ value }) => value);
      expect(values).toEqual(expect.arrayContaining([1000, 2000, 3000, 4000]));
    });
  });

  it.concurrent('T7 (relative) the reused id goes on counting where it stood', async () => {
    const cpId = 'REL-T7-COUNTS';
    const station = await world().two(cpId);
    await station.started('1', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.ended('1', 1, { wh: 2000, timestamp: at(10) });
    await station.started('1', 2, { tag: 'BOB', wh: 2000, timestamp: at(20) });
    await station.ended('1', 3, { wh: 5000, timestamp: at(30) });
    await world().downstream.holds(cpId, [
      { state: 'ended', id_token: 'ALICE', energy_wh: 1000 },
      { state: 'ended', id_token: 'BOB', energy_wh: 3000 },
    ]);
  });

  it.concurrent('T7 (relative) an id used three times, each distinguished and each found', async () => {
    const cpId = 'REL-T7-THRICE';
    const station = await world().two(cpId);
    for (const turn of [0, 1, 2]) {
      await station.started('1', 0, { tag: `T${turn}`, wh: 1000 * turn, timestamp: at(10 * turn) });
      await station.ended('1', 1, { wh: 1000 * turn + 100 + turn, timestamp: at(10 * turn + 5) });
      await station.reboot();
    }
    const sessions = await world().downstream.holds(
      cpId,
      [0, 1, 2].map((turn) => ({ id_token: `T${turn}`, energy_wh: 100 + turn, station_transaction_id: '1' })),
    );
    for (const { transaction_id: id, id_token } of sessions)
      expect(await station.read(`/transactions/${encodeURIComponent(String(id))}`)).toMatchObject({ id_token });
  });

  it.concurrent('T6 (relative) 2.0.1: an operator ends a transaction; its true end corrects that', async () => {
    const cpId = 'REL-T6-201';
    const { downstream, stack } = world();
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.updated('tx', 1, { wh: 2500, timestamp: at(10) });
    const ended = await rest(stack, 'POST', `/charge-points/${cpId}/transactions/tx/end`, {});
    expect(ended).toMatchObject({ status: 200, body: { end_inferred: 'operator' } });
    await downstream.holds(cpId, [{ state: 'ended', end_inferred: 'operator', energy_wh: 1500 }]);
    await station.ended('tx', 2, { wh: 4000, timestamp: at(60) });
    await downstream.holds(cpId, [{ state: 'ended', end_inferred: null, energy_wh: 3000 }]);
  });

  it.concurrent('T6 (relative) idle readings after the end count for nobody, on 2.0.1 too', async () => {
    const cpId = 'REL-T6-IDLE';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.ended('tx', 1, { wh: 4000, timestamp: at(60) });
    await station.call('MeterValues', { evseId: 1, ...readings(at(70), { value: 9000 }) });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000, meter_stop_wh: 4000 }]);
  });

  it.concurrent('T6 (relative) readings sent after the end with its id count for it only up to its end', async () => {
    const cpId = 'REL-T6-LATE';
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000, at(0));
    await station.stop(id, 4000, { timestamp: at(60) });
    await station.meter(1, id, 2500, at(30));
    await station.meter(1, id, 9000, at(90));
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 3000, meter_stop_wh: 4000 }]);
  });

  it.concurrent("T13 (relative) 2.0.1: the gateway's own remote start is linked by its number", async () => {
    const cpId = 'REL-T13-201';
    const { downstream } = world();
    const station = await world().two(cpId);
    let remoteStartId = 0;
    station.answers('RequestStartTransaction', (payload) => {
      remoteStartId = Number(payload['remoteStartId']);
      return { status: 'Accepted' };
    });
    const command = await station.operator('POST', '/commands/remote-start', { id_token: 'REMOTE1', evse_id: 1 });
    expect(command).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    await station.started('tx', 0, { triggerReason: 'RemoteStart', tag: 'REMOTE1', info: { remoteStartId }, wh: 0 });
    await downstream.holds(cpId, [{ state: 'active', remote_start_id: remoteStartId }]);
    expect(await downstream.rest(cpId, `&remote_start_id=${remoteStartId}`)).toHaveLength(1);
  });

  it.concurrent(
    'T8 (relative) an end by another driver of the group is published with the driver who began',
    async () => {
      const cpId = 'REL-T8-GROUP';
      const station = await world().two(cpId);
      await station.started('tx', 0, { tag: 'CASE-SISTER', wh: 1000 });
      await station.ended('tx', 1, { wh: 3000, idToken: idToken('CASE-BROTHER') });
      await world().downstream.holds(cpId, [{ state: 'ended', id_token: 'CASE-SISTER', energy_wh: 2000 }]);
    },
  );

  it.concurrent.each<[string, string, Payload[], number | null]>([
    [
      'several times: the latest of the end',
      'REL-T10-TIMES',
      [
        { timestamp: at(60), sampledValue: [{ value: 5000 }] },
        { timestamp: at(50), sampledValue: [{ value: 4000 }] },
      ],
      4000,
    ],
    [
      'a context that marks the end beside others',
      'REL-T10-CONTEXT',
      [
        {
          timestamp: at(60),
          sampledValue: [
            { value: 4990, context: 'Sample.Clock' },
            { value: 5000, context: 'Transaction.End' },
          ],
        },
      ],
      4000,
    ],
    [
      'kWh with a multiplier',
      'REL-T10-MULTIPLIER',
      [{ timestamp: at(60), sampledValue: [{ value: 50, unitOfMeasure: { unit: 'kWh', multiplier: -1 } }] }],
      4000,
    ],
    [
      'a unit that is no energy',
      'REL-T10-UNIT',
      [{ timestamp: at(60), sampledValue: [{ value: 5000, unitOfMeasure: { unit: 'Celsius' } }] }],
      null,
    ],
    [
      'an export beside the import',
      'REL-T10-EXPORT',
      [
        {
          timestamp: at(60),
          sampledValue: [{ value: 9, measurand: 'Energy.Active.Export.Register' }, { value: 5000 }],
        },
      ],
      4000,
    ],
  ])('T10 (relative) %s', async (_, cpId, meterValue, energy) => {
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: at(0) });
    await station.ended('tx', 1, { meterValue, timestamp: at(60) });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: energy }]);
  });
}
