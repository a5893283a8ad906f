import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { booted } from '../booted-charger.ts';
import { installOutsideCharger, verifiedOutside, type SignedMessage } from '../outside-charger.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { WebhookReceiver, ask as askRest, type ReceivedMessage } from '../webhook-receiver.ts';

const NAME = 'e2e-managed';

/** A webhook from its creation over REST to its end, verified by libraries of others. */
export function webhooksSuite(stack: () => Stack): void {
  let receiver: WebhookReceiver;
  let charger: FakeCharger;
  let secret = '';

  const ask = (method: string, path: string, body?: object) => askRest(stack(), method, path, body);
  const statusOf = (info: string) =>
    charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', info });

  beforeAll(async () => {
    await installOutsideCharger();
    receiver = await WebhookReceiver.start();
    charger = await booted(stack().edgeUrls[0], 'HOOK-16', 'ocpp1.6');
  }, 120_000);

  afterAll(async () => {
    await charger?.close();
    receiver.stop();
  });

  it('is created, tested and delivered to without a restart', async () => {
    const url = receiver.url('/hook');
    const created = await ask('POST', '/webhooks', { name: NAME, url, events: ['cp.status'] });
    expect(created).toMatchObject({ status: 201, body: { name: NAME, source: 'api', state: 'active' } });
    ({ secret } = created.body);
    expect((await ask('GET', '/webhooks')).body.items.map(({ source }: { source: string }) => source).sort()).toEqual([
      'api',
      'configuration',
    ]);
    await sleep(1_500);
    const test = await ask('POST', `/webhooks/${NAME}/test`);
    expect(test).toMatchObject({ status: 200, body: { delivered: true, status: 204, error: null } });
    await statusOf('one');
    await until('the event to arrive', async () => expect(receiver.types).toEqual(['webhook.test', 'cp.status']));
  }, 60_000);

  it('is verified by the standardwebhooks of npm and of PyPI; what was changed or is old is refused', async () => {
    const good: SignedMessage[] = receiver.received.map((message) => ({ ...message, secret }));
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
    await sleep(1_500);
    receiver.received = [];
    await ask('POST', `/webhooks/${NAME}/test`);
    const [message] = receiver.received as [ReceivedMessage];
    const both = [secret, rotated.body.secret as string].map((each) => ({ ...message, secret: each }));
    expect(await verifiedOutside(both)).toEqual([{ verified: 'webhook.test' }, { verified: 'webhook.test' }]);
  }, 60_000);

  it('is disabled by 410 for good, shows it, and gets what it missed once it is resumed and replayed', async () => {
    receiver.received = [];
    receiver.status = 410;
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
    receiver.status = 204;
    expect((await ask('POST', `/webhooks/${NAME}/resume`)).body.state).toBe('active');
    expect((await ask('POST', `/webhooks/${NAME}/replay`, {})).body).toEqual({ count: 1 });
    await until('both events to be delivered', async () =>
      expect((await ask('GET', `/webhooks/${NAME}/deliveries?state=delivered`)).body.items).toHaveLength(3),
    );
    const since = { from: new Date(Date.now() - 3_600_000).toISOString() };
    expect((await ask('POST', `/webhooks/${NAME}/resend`, since)).body).toEqual({ count: 3 });
    await until('all of them to come again', async () => expect(receiver.received.length).toBe(6));
  }, 60_000);

  it('is deleted with its deliveries', async () => {
    expect(await ask('DELETE', `/webhooks/${NAME}`)).toEqual({ status: 204, body: null });
    expect((await ask('GET', `/webhooks/${NAME}`)).status).toBe(404);
    expect((await ask('GET', `/webhook-deliveries?webhook=${NAME}`)).body.items).toEqual([]);
  });
}
