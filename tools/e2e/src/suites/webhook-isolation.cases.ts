import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { booted } from '../booted-charger.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { WebhookReceiver, ask } from '../webhook-receiver.ts';

/** As many attempts as the dispatcher makes of one webhook at once. */
const CONCURRENCY = 8;
/** Before a single attempt at the dead one ends, which takes fifteen seconds. */
const WITHIN_MS = 12_000;

/** A webhook whose receiver is dead, beside one that is alive. */
export function webhookIsolationSuite(stack: () => Stack): void {
  const connections = new Set<Socket>();
  let blackHole: Server;
  let receiver: WebhookReceiver;
  let charger: FakeCharger;
  const say = (info: string) =>
    charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', info });
  const remove = async () => {
    for (const name of ['e2e-dead', 'e2e-live']) await ask(stack(), 'DELETE', `/webhooks/${name}`);
  };

  beforeAll(async () => {
    blackHole = createServer((socket) => connections.add(socket.on('error', () => undefined)));
    await once(blackHole.listen(0, '127.0.0.1'), 'listening');
    receiver = await WebhookReceiver.start();
    charger = await booted(stack().edgeUrls[0], 'ISOLATED-16', 'ocpp1.6');
    const { port } = blackHole.address() as AddressInfo;
    const dead = { name: 'e2e-dead', url: `http://127.0.0.1:${port}/`, events: ['*'], ordered: false };
    const live = { name: 'e2e-live', url: receiver.url('/live'), events: ['cp.status'] };
    for (const webhook of [dead, live]) expect((await ask(stack(), 'POST', '/webhooks', webhook)).status).toBe(201);
  }, 60_000);

  afterAll(async () => {
    await remove();
    await charger?.close();
    receiver.stop();
    for (const socket of connections) socket.destroy();
    blackHole.close();
  });

  it('has all its attempts running, and others get their events within seconds', async () => {
    await until('the webhooks to be known', async () =>
      expect((await stack().dispatcher.metrics()).includes('subscription="e2e-live"')).toBe(true),
    );
    const first = Array.from({ length: 2 * CONCURRENCY }, (_, n) => `first ${n}`);
    for (const info of first) await say(info);
    await until('all attempts at the dead one to run', async () => expect(connections.size).toBe(CONCURRENCY));
    const then = Array.from({ length: 5 }, (_, n) => `then ${n}`);
    for (const info of then) await say(info);
    const arrived = async () => expect(receiver.infos('/live')).toEqual([...first, ...then]);
    await until('the live one to have all events', arrived, WITHIN_MS);
    expect(connections.size).toBe(CONCURRENCY);
    const left = await ask(stack(), 'GET', '/webhooks/e2e-dead/deliveries?state=pending&cp_id=ISOLATED-16');
    expect(left.body.items).toHaveLength(first.length + then.length);
  }, 60_000);
}
