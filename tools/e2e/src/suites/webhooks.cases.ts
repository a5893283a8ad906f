import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { booted } from '../booted-charger.ts';
import { installOutsideCharger, verifiedOutside, type SignedMessage } from '../outside-charger.ts';
import { TOKEN, type Stack } from '../stack.ts';
import { until } from '../until.ts';

interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every route
  body: any;
}

const NAME = 'e2e-managed';

/** A webhook from its creation over REST to its end, verified by libraries of others. */
export function webhooksSuite(stack: () => Stack): void {
  let receiver: Server;
  let charger: FakeCharger;
  let status = 204;
  let secret = '';
  const received: Omit<SignedMessage, 'secret'>[] = [];

  const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${stack().rest}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const types = () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const statusOf = (info: string) =>
    charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', info });

  beforeAll(async () => {
    await installOutsideCharger();
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
        received.push({
          body,
          headers: Object.fromEntries(names.map((name) => [name, String(request.headers[name])])),
        });
        response.writeHead(status).end();
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    charger = await booted(stack().edgeUrls[0], 'HOOK-16', 'ocpp1.6');
  }, 120_000);

  afterAll(async () => {
    await charger?.close();
    receiver.closeAllConnections();
    receiver.close();
  });

  it('is created, tested and delivered to without a restart', async () => {
    const { port } = receiver.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hook`;
    const created = await ask('POST', '/webhooks', { name: NAME, url, events: ['cp.status'] });
    expect(created).toMatchObject({ status: 201, body: { name: NAME, source: 'api', state: 'active' } });
    ({ secret } = created.body);
    expect((await ask('GET', '/webhooks')).body.items.map(({ source }: { source: string }) => source).sort()).toEqual([
      'api',
      'configuration',
    ]);
    await pause(1_500);
    const test = await ask('POST', `/webhooks/${NAME}/test`);
    expect(test).toMatchObject({ status: 200, body: { delivered: true, status: 204, error: null } });
    await statusOf('one');
    await until('the event to arrive', async () => expect(types()).toEqual(['webhook.test', 'cp.status']));
  }, 60_000);

  it('is verified by the standardwebhooks of npm and of PyPI; what was changed or is old is refused', async () => {
    const good = received.map((message) => ({ ...message, secret }));
    const [first] = good as [SignedMessage];
    const id = String(first.headers['webhook-id']);
    const old = new Date(Date.now() - 6 * 60_000);
    const messages: SignedMessage[] = [
      ...good,
      { ...first, body: first.body.replace('webhook.test', 'webhook.tost') },
      { ...first, headers: { ...first.headers, 'webhook-id': `${id}0` } },
      {
        ...first,
        headers: {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(Number(old) / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, old, first.body),
        },
      },
    ];
    const verdicts = [{ verified: 'webhook.test' }, { verified: 'cp.status' }];
    const npm = messages.map((message) => {
      try {
        return {
          verified: (new Webhook(message.secret).verify(message.body, message.headers) as { type: string }).type,
        };
      } catch (error) {
        return { refused: (error as Error).message };
      }
    });
    for (const found of [npm, await verifiedOutside(messages)])
      expect(found).toEqual([
        ...verdicts,
        { refused: expect.stringMatching(/no matching signature/i) },
        { refused: expect.stringMatching(/no matching signature/i) },
        { refused: expect.stringMatching(/timestamp too old/i) },
      ]);
  }, 60_000);

  it('signs with both secrets while they rotate', async () => {
    const rotated = await ask('POST', `/webhooks/${NAME}/rotate-secret`, { previous_valid_s: 60 });
    await pause(1_500);
    received.length = 0;
    await ask('POST', `/webhooks/${NAME}/test`);
    const [message] = received as [SignedMessage];
    const both = [secret, rotated.body.secret as string].map((each) => ({ ...message, secret: each }));
    expect(await verifiedOutside(both)).toEqual([{ verified: 'webhook.test' }, { verified: 'webhook.test' }]);
  }, 60_000);

  it('is disabled by 410 for good, shows it, and gets what it missed once it is resumed and replayed', async () => {
    received.length = 0;
    status = 410;
    await statusOf('two');
    await until('the webhook to be disabled', async () =>
      expect((await ask('GET', `/webhooks/${NAME}`)).body).toMatchObject({
        state: 'disabled',
        state_reason: 'its receiver answered 410 Gone',
      }),
    );
    await statusOf('three');
    await until('the event to wait', async () =>
      expect((await ask('GET', `/webhooks/${NAME}/deliveries?state=pending`)).body.items).toHaveLength(1),
    );
    const dead = await ask('GET', `/webhooks/${NAME}/deliveries?state=dead`);
    expect(dead.body.items).toMatchObject([
      { webhook: NAME, event_type: 'cp.status', cp_id: 'HOOK-16', last_status: 410 },
    ]);
    status = 204;
    expect((await ask('POST', `/webhooks/${NAME}/resume`)).body.state).toBe('active');
    expect((await ask('POST', `/webhooks/${NAME}/replay`, {})).body).toEqual({ count: 1 });
    await until('both events to be delivered', async () =>
      expect((await ask('GET', `/webhooks/${NAME}/deliveries?state=delivered`)).body.items).toHaveLength(3),
    );
    const since = { from: new Date(Date.now() - 3_600_000).toISOString() };
    expect((await ask('POST', `/webhooks/${NAME}/resend`, since)).body).toEqual({ count: 3 });
    await until('all of them to come again', async () => expect(received.length).toBe(6));
  }, 60_000);

  it('is deleted with its deliveries', async () => {
    expect(await ask('DELETE', `/webhooks/${NAME}`)).toEqual({ status: 204, body: null });
    expect((await ask('GET', `/webhooks/${NAME}`)).status).toBe(404);
    expect((await ask('GET', `/webhook-deliveries?webhook=${NAME}`)).body.items).toEqual([]);
  });
}
