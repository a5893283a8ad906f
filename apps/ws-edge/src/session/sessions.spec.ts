import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { chargePoint } from '../testdata/charge-point.ts';
import type { Session } from './session.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const status = [2, 'status', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }];

describe('the same identity twice', () => {
  it('closes the older connection and serves the newer one', async () => {
    edge = await TestEdge.start();
    const older = await edge.connect('CP1');
    await older.boot();
    const newer = await edge.connect('cp1');
    expect(await older.closed).toMatchObject({ code: 1000 });
    expect(await newer.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect(edge.sessions.get('CP1')?.state.registration).toBe('Accepted');
    expect(edge.sessions.all()).toHaveLength(1);
    expect(await edge.metric('connections', { protocol: 'ocpp1.6' })).toBe(1);
  });

  it('ends commands of the older connection at once', async () => {
    edge = await TestEdge.start();
    const older = await edge.connect('CP1');
    await older.call('0', 'Heartbeat');
    const end = edge.sessions.get('CP1')?.call('ClearCache', {}, Date.now() + 60_000);
    await older.next();
    await edge.connect('CP1');
    expect(await end).toEqual({ kind: 'disconnected', sent: true });
  });

  it("lets the older connection's running CALL end before the newer one's first", async () => {
    const order: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    edge = await TestEdge.start({
      commit: async ([effect]) => {
        const kind = effect?.kind ?? '';
        order.push(`${kind} begins`);
        if (kind === 'connectorStatus') await held;
        order.push(`${kind} ends`);
      },
    });
    const older = await edge.connect('CP1');
    older.send(status);
    await eventually(() => order.length === 1);
    const newer = await edge.connect('CP1');
    const booted = newer.boot();
    await sleep(20);
    release();
    expect(await booted).toMatchObject({ result: 'boot' });
    expect(order).toEqual([
      'connectorStatus begins',
      'connectorStatus ends',
      'stationBooted begins',
      'stationBooted ends',
    ]);
  });
});

describe('a reconnect', () => {
  it('needs no boot: registration belongs to the station (notes 2.9)', async () => {
    edge = await TestEdge.start({
      stations: { cp1: chargePoint({ cpId: 'CP1', registrationStatus: 'Accepted', tolerance: 'strict' }) },
    });
    const charger = await edge.connect('CP1');
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });

  it('of a Rejected station is refused everything but the boot', async () => {
    edge = await TestEdge.start({ stations: { cp1: chargePoint({ cpId: 'CP1', registrationStatus: 'Rejected' }) } });
    const charger = await edge.connect('CP1');
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ error: '1', code: 'SecurityError' });
    expect(await charger.boot()).toMatchObject({ result: 'boot', payload: { status: 'Accepted' } });
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2' });
  });

  it('uses the tolerance of the charge point', async () => {
    edge = await TestEdge.start({ stations: { cp1: chargePoint({ cpId: 'CP1', tolerance: 'strict' }) } });
    const charger = await edge.connect('CP1');
    expect(await charger.call('1', 'Heartbeat', { extra: 1 })).toMatchObject({
      error: '1',
      code: 'FormationViolation',
    });
  });
});

describe('listeners', () => {
  it('hear of each session once, and hold back its first message', async () => {
    edge = await TestEdge.start();
    const heard: string[] = [];
    const ready = Promise.withResolvers<void>();
    edge.sessions.subscribe({
      opened: (session: Session) => {
        heard.push(`opened ${session.peer.cpId}`);
        return ready.promise;
      },
      ended: (session, reason, code) => heard.push(`ended ${session.peer.cpId} ${code} ${reason}`),
    });
    const charger = await edge.connect('CP1');
    charger.send([2, '1', 'Heartbeat', {}]);
    await sleep(30);
    expect(charger.wire.unread).toHaveLength(0);
    ready.resolve();
    expect(await charger.next()).toMatchObject({ result: '1' });
    await charger.wire.close(1000, 'bye');
    await eventually(() => heard.length === 2);
    expect(heard).toEqual(['opened CP1', 'ended CP1 1000 bye']);
  });

  it('that fail do not keep the charger waiting', async () => {
    edge = await TestEdge.start();
    edge.sessions.subscribe({ opened: () => Promise.reject(new Error('database down')), ended: () => undefined });
    const charger = await edge.connect('CP1');
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });
});
