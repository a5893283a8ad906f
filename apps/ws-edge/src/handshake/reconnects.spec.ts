import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, HandshakeRefused } from '@ocpp-gw/testing';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chargePoint } from '../testdata/charge-point.ts';
import type { TestCharger } from '../session/testdata/charger.ts';
import { TestEdge, type TestEdgeOptions } from '../session/testdata/edge.ts';

let edge: TestEdge;

async function start(options: TestEdgeOptions): Promise<void> {
  edge = await TestEdge.start(options);
}

afterEach(() => edge.stop());

const connected = async (cpId = 'CP1'): Promise<TestCharger | HandshakeRefused> =>
  edge.connect(cpId).catch((error: unknown) => error as HandshakeRefused);

describe('a charger that connects over and over', () => {
  it('F35 is made to wait, longer each time, logged and counted', async () => {
    await start({ reconnects: { free: 3, firstDelayMs: 100, maxDelayMs: 400 } });
    const times: { asked: number; admitted: number }[] = [];
    let refused = 0;
    while (times.length < 9) {
      const asked = performance.now();
      const charger = await connected();
      if (charger instanceof HandshakeRefused) {
        expect(charger.body).toContain('reconnects_too_often');
        refused += 1;
      } else {
        times.push({ asked, admitted: performance.now() });
        await charger.wire.close();
      }
      await sleep(5);
    }
    // 4 at once, then after 100, 200, 400, 400 ms and so on. The server's clock has whole milliseconds.
    for (const [n, delayMs] of [100, 200, 400, 400, 400].entries())
      expect(Number(times[n + 4]?.admitted) - Number(times[n + 3]?.asked)).toBeGreaterThan(delayMs - 2);
    expect(refused).toBeGreaterThan(0);
    expect(await edge.metric('handshakes', { outcome: 'reconnects_too_often' })).toBe(refused);
    expect(await edge.metric('reconnectsHeldBack')).toBe(times.length - 3);
    expect(edge.loops.map(({ delayMs }) => delayMs).slice(0, 4)).toEqual([100, 200, 400, 400]);
    expect(edge.logger.lines).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('connects over and over'), level: 'warn' }),
    );
    expect(await connected('CP2')).not.toBeInstanceOf(HandshakeRefused);
  });

  it('F35 lets the newest win while it is honest: the older connection lasted, open or not', async () => {
    await start({ reconnects: { free: 1, lastingMs: 50, firstDelayMs: 10_000 } });
    for (let n = 0; n < 5; n++) {
      const charger = (await connected()) as TestCharger;
      expect(await charger.boot()).toMatchObject({ result: 'boot' });
      await sleep(60);
      if (n % 2 === 0) await charger.wire.close();
    }
    expect(edge.loops).toEqual([]);
  });

  it('F35 tells of two clients that fight over one identity, and lets one of them be', async () => {
    await start({ reconnects: { free: 4, firstDelayMs: 10_000 } });
    const chargers: (TestCharger | HandshakeRefused)[] = [];
    for (let n = 0; n < 8; n++) chargers.push(await connected());
    expect(chargers.map((charger) => charger instanceof HandshakeRefused)).toEqual([
      ...[false, false, false, false, false],
      ...[true, true, true],
    ]);
    expect(edge.loops).toMatchObject([{ cpId: 'CP1', connections: 5, takeovers: 4 }]);
    const last = chargers[4] as TestCharger;
    expect(await last.boot()).toMatchObject({ result: 'boot' });
  });

  it('F35 is not made to wait by strangers who fail to get in', async () => {
    const record = chargePoint({ cpId: 'CP1', securityProfile: 1, passwordHash: 'secret' });
    await start({ stations: { cp1: record }, reconnects: { free: 1 }, auth: { limits: { perIdentity: 1_000 } } });
    for (let n = 0; n < 20; n++)
      await expect(edge.connect('CP1', ['ocpp1.6'], { password: `wrong ${n}` })).rejects.toThrow('401');
    const charger = await edge.connect('CP1', ['ocpp1.6'], { password: 'secret' });
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
  });
});

describe('connections that come to nothing', () => {
  it('S2 of one address make room for those of another, are logged and counted', async () => {
    await start({ connections: { max: 100, maxPending: 5 } });
    const { connect } = await import('node:net');
    const { port } = new URL(edge.url);
    const idle = Array.from({ length: 20 }, () =>
      connect({ port: Number(port), host: '127.0.0.1', localAddress: '127.0.0.2' }).on('error', () => undefined),
    );
    await eventually(async () => (await edge.metric('handshakes', { outcome: 'too_many_connections' })) === 15);
    const charger = await edge.connect('CP1');
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
    for (const socket of idle) socket.destroy();
  });

  it('S2 are closed when the pod is full', async () => {
    await start({ connections: { max: 2, maxPending: 5 } });
    await edge.connect('CP1');
    await edge.connect('CP2');
    await expect(edge.connect('CP3')).rejects.toThrow();
    expect(edge.logger.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reason: 'too_many_connections' }) }),
    );
  });

  it('S2 leave the line for hashing at once, and are counted', async () => {
    const gates: (() => void)[] = [];
    const hashed: string[] = [];
    const record = (cpId: string) => chargePoint({ cpId, securityProfile: 1, passwordHash: 'secret' });
    let asked = 0;
    await start({
      stations: {
        cp1: record('CP1'),
        get cp2() {
          asked += 1;
          return record('CP2');
        },
      },
      auth: {
        turns: { queueLimit: 10 },
        compare: async (password) => {
          hashed.push(password.toString());
          await new Promise<void>((resolve) => gates.push(resolve));
          return true;
        },
      },
    });
    const { knock } = await import('../testdata/flood.ts');
    const at = { port: Number(new URL(edge.url).port), from: '127.0.0.1' };
    const first = knock({ ...at, cpId: 'CP1', password: 'first' });
    await eventually(() => hashed.length === 1);
    const sockets: Socket[] = [];
    const gone = Array.from({ length: 5 }, (_, n) =>
      knock({ ...at, cpId: 'CP2', password: `gone ${n}`, opened: (socket) => sockets.push(socket) }),
    );
    await eventually(() => asked === 5);
    for (const socket of sockets) socket.destroy();
    await Promise.all(gone);
    await eventually(async () => (await edge.metric('handshakes', { outcome: 'abandoned' })) === 5);
    gates.shift()?.();
    expect(await first).toBe(101);
    await sleep(50);
    expect(hashed).toEqual(['first']);
  });
});
