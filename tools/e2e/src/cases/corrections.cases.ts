import { expect, it } from '@jest/globals';
import { readEvents } from '../events-seen.ts';
import { at, idToken, type Payload } from './station.ts';
import type { World } from './world.ts';

/** T8, T13: what was published can be corrected, and all receivers get the correction. */
export function corrections(world: () => World): void {
  it.concurrent.each([
    ['on the same connection', 'CASE-T8', false],
    ['after a reconnect', 'CASE-T8-LATER', true],
  ])('T8 the end after the inferred end, %s: 20 kWh everywhere', async (_, cpId, reconnects) => {
    const { downstream } = world();
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000 });
    station.answers('GetTransactionStatus', () => ({ ongoingIndicator: false, messagesInQueue: false }));
    const command = await station.operator('POST', '/commands/get-transaction-status', { transaction_id: 'tx' });
    expect(command).toMatchObject({ status: 200 });
    await downstream.holds(cpId, [{ state: 'ended', end_inferred: 'status_answer' }]);
    if (reconnects) await station.reboot();
    await station.ended('tx', 1, { wh: 21_000 });
    const right = {
      state: 'ended',
      end_inferred: null,
      energy_wh: 20_000,
      meter_stop_wh: 21_000,
      stop_reason: 'Local',
    };
    const [row] = await downstream.holds(cpId, [right]);
    const closes = downstream.calls(cpId, 'tx').filter(({ path }) => path === 'close');
    const revisions = closes.map(({ data }) => Number(data['revision']));
    expect(revisions).toHaveLength(2);
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? 0);
    expect(row?.['revision']).toBe(revisions[1]);
    // The same again is no news.
    await station.ended('tx', 1, { wh: 21_000 });
    await downstream.holds(cpId, [{ ...right, revision: row?.['revision'] }]);
    expect(downstream.calls(cpId, 'tx').filter(({ path }) => path === 'close')).toHaveLength(2);
  });

  it.concurrent('T8 Kafka carries the correction, with a higher revision than the inferred end', async () => {
    const cpId = 'CASE-T8-KAFKA';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000 });
    station.answers('GetTransactionStatus', () => ({ ongoingIndicator: false, messagesInQueue: false }));
    await station.operator('POST', '/commands/get-transaction-status', { transaction_id: 'tx' });
    await station.ended('tx', 1, { wh: 21_000 });
    const ends = (seen: readonly { key: string }[]): number => seen.filter(({ key }) => key === cpId).length;
    const topic = 'tx.ended';
    const seen = await readEvents(world().stack.dataPlane.kafkaBrokers, [topic], (all) => ends(all) >= 2);
    const payloads = seen
      .filter(({ key }) => key === cpId)
      .map(({ event }) => event.payload?.value as unknown as Payload);
    expect(payloads).toMatchObject([{ endInferred: 'status_answer' }, { energyWh: 20_000 }]);
    const [inferred, corrected] = payloads.map(({ revision }) => Number(revision));
    expect(corrected).toBeGreaterThan(inferred ?? Infinity);
  });

  it.concurrent(
    'T13 what is reported after Started reaches everybody, the backend as soon as it is known',
    async () => {
      const cpId = 'CASE-T13';
      const { downstream } = world();
      const station = await world().two(cpId);
      await station.started('tx', 0, { triggerReason: 'CablePluggedIn', evse: { id: 2 }, wh: 1000, timestamp: at(0) });
      await station.updated('tx', 1, {
        triggerReason: 'Authorized',
        tag: 'DRIVER1',
        info: { remoteStartId: 4711 },
        reservationId: 99,
        timestamp: at(1),
      });
      const known = { id_token: 'DRIVER1', remote_start_id: 4711, reservation_id: 99, evse_id: 2 };
      await downstream.holds(cpId, [{ ...known, state: 'active' }]);
      const paths = downstream.calls(cpId, 'tx').map(({ path }) => path);
      expect(paths.filter((path) => path !== 'cost')).toEqual(['open', 'update']);
      await station.ended('tx', 2, { wh: 3000, timestamp: at(60) });
      await downstream.holds(cpId, [{ ...known, state: 'ended', energy_wh: 2000 }]);
      for (const filter of ['remote_start_id=4711', 'reservation_id=99', 'id_token=DRIVER1', 'id_token=driver1'])
        expect(await downstream.rest(cpId, `&${filter}`)).toEqual([expect.objectContaining({ transaction_id: 'tx' })]);
      expect(await downstream.rest(cpId, '&remote_start_id=4712')).toEqual([]);
    },
  );

  it.concurrent.each<[string, string, Payload, Payload]>([
    ['only the token', 'CASE-T13-TOKEN', { tag: 'DRIVER1' }, { id_token: 'DRIVER1' }],
    ['only the remote start id', 'CASE-T13-REMOTE', { info: { remoteStartId: 4713 } }, { remote_start_id: 4713 }],
    ['only the reservation', 'CASE-T13-RESERVED', { reservationId: 98 }, { reservation_id: 98 }],
    [
      'the start of Started itself',
      'CASE-T13-START',
      { seqNo: 0, eventType: 'Started', tag: 'DRIVER2' },
      { id_token: 'DRIVER2' },
    ],
  ])('T13 (relative) %s is learnt after the end, and corrects it', async (_, cpId, late, known) => {
    const station = await world().two(cpId);
    if (late['eventType'] === undefined) await station.started('tx', 0, { triggerReason: 'CablePluggedIn', wh: 1000 });
    await station.ended('tx', 2, { wh: 3000, timestamp: at(60) });
    await station.updated('tx', 1, { timestamp: at(1), ...late });
    await world().downstream.holds(cpId, [{ ...known, state: 'ended', meter_stop_wh: 3000 }]);
  });

  it.concurrent('T13 (relative) an id token that comes with the end is sent at the close', async () => {
    const cpId = 'CASE-T13-END';
    const station = await world().two(cpId);
    await station.started('tx', 0, { triggerReason: 'CablePluggedIn', wh: 1000 });
    await station.ended('tx', 1, { wh: 3000, idToken: idToken('DRIVER3') });
    await world().downstream.holds(cpId, [{ state: 'ended', id_token: 'DRIVER3', energy_wh: 2000 }]);
  });

  /** A remote start of 1.6 that the charger accepts; what the operator calls it. */
  it.concurrent.each<
    [string, string, { tag?: string; authorizes?: boolean; connector?: number; early?: boolean; linked?: boolean }]
  >([
    ['the start that follows', 'CASE-T13-16', {}],
    ['an Authorize between', 'CASE-T13-16-AUTH', { authorizes: true }],
    ['the token in another letter case and with blanks', 'CASE-T13-16-LETTER', { tag: ' remote1 ' }],
    ['the start before the answer', 'CASE-T13-16-EARLY', { early: true }],
    ['not a start at another connector', 'CASE-T13-16-CONNECTOR', { connector: 2, linked: false }],
    ["not another token's start", 'CASE-T13-16-OTHER', { tag: 'OTHER', linked: false }],
  ])('T13 1.6: an accepted remote start is linked to its transaction: %s', async (_, cpId, how) => {
    const { tag = 'REMOTE1', authorizes = false, connector = 1, early = false, linked = true } = how;
    const { downstream } = world();
    const charger = await world().sixteen(cpId);
    const start = (): Promise<number> => charger.start(connector, tag, 1000, new Date().toISOString());
    let id: number | undefined;
    charger.answers('RemoteStartTransaction', async () => {
      if (early) id = await start();
      return { status: 'Accepted' };
    });
    const command = await charger.operator('POST', '/commands/remote-start', { id_token: 'REMOTE1', evse_id: 1 });
    expect(command).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    if (authorizes) await charger.call('Authorize', { idTag: 'REMOTE1' });
    id ??= await start();
    const transaction = { transaction_id: String(id), state: 'active' };
    const remote_start_id = linked ? expect.any(Number) : null;
    const [row] = await downstream.holds(cpId, [{ ...transaction, remote_start_id }]);
    if (!linked) return;
    const filter = `&remote_start_id=${String(row?.['remote_start_id'])}`;
    expect(await downstream.rest(cpId, filter)).toEqual([expect.objectContaining(transaction)]);
    // One remote start is one transaction.
    await charger.stop(id, 2000, { timestamp: new Date().toISOString() });
    await charger.start(connector, tag, 2000, new Date().toISOString());
    const rows = await downstream.rest(cpId);
    expect(rows.filter(({ remote_start_id: of }) => of !== null)).toHaveLength(1);
  });
}
