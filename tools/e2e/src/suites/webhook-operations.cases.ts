import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebhookVerificationError, verifyWebhook } from '@ocpp-gw/client';
import type { FakeCharger } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { booted } from '../booted-charger.ts';
import { installOutsideCharger, verifiedOutside } from '../outside-charger.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { WebhookReceiver, ask as askRest, type ReceivedMessage } from '../webhook-receiver.ts';

const NAME = 'e2e-operated';
const CP_ID = 'OPERATED-16';
/** A change of a webhook takes effect within about a second. */
const CHANGE_MS = 1_500;

/** What an operator does with a webhook over REST, one operation after the other. */
export function webhookOperationsSuite(stack: () => Stack): void {
  let receiver: WebhookReceiver;
  let charger: FakeCharger;
  let secret = '';

  const ask = (method: string, path: string, body?: object) => askRest(stack(), method, path, body);
  const say = (info: string) =>
    charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', info });
  const items = async (filter: string) => (await ask('GET', `/webhooks/${NAME}/deliveries?${filter}`)).body.items;
  const eventually = (what: string, path: string, infos: string[]) =>
    until(what, async () => expect(receiver.infos(path)).toEqual(infos));
  const timeOf = ({ headers }: ReceivedMessage) => Number(headers['webhook-timestamp']);

  beforeAll(async () => {
    await installOutsideCharger();
    receiver = await WebhookReceiver.start();
    charger = await booted(stack().edgeUrls[1], CP_ID, 'ocpp1.6');
    const created = await ask('POST', '/webhooks', { name: NAME, url: receiver.url('/old'), events: ['cp.boot'] });
    ({ secret } = created.body);
    await sleep(CHANGE_MS);
  }, 120_000);

  afterAll(async () => {
    await ask('DELETE', `/webhooks/${NAME}`);
    await charger?.close();
    receiver.stop();
  });

  it('changes its URL and its events', async () => {
    const changes = { url: receiver.url('/new'), events: ['cp.status'] };
    expect(await ask('PATCH', `/webhooks/${NAME}`, changes)).toMatchObject({ status: 200, body: changes });
    expect((await ask('GET', `/webhooks/${NAME}`)).body).toMatchObject({ ...changes, ordered: true });
    await sleep(CHANGE_MS);
    await say('changed');
    await eventually('the event at the new URL', '/new', ['changed']);
    expect(receiver.infos('/old')).toEqual([]);
  }, 60_000);

  it('pauses it, tests it meanwhile, and resumes it with what was kept, in order', async () => {
    const paused = await ask('POST', `/webhooks/${NAME}/pause`);
    expect(paused.body).toMatchObject({ state: 'paused', state_reason: expect.stringMatching(/ paused it$/) });
    await sleep(CHANGE_MS);
    receiver.received = [];
    await say('kept 1');
    await say('kept 2');
    await until('both to be kept', async () => expect(await items('state=pending')).toHaveLength(2));
    const test = await ask('POST', `/webhooks/${NAME}/test`);
    expect(test.body).toMatchObject({ delivered: true, status: 204 });
    expect(receiver.types).toEqual(['webhook.test']);
    receiver.received = [];
    expect((await ask('POST', `/webhooks/${NAME}/resume`)).body).toMatchObject({ state: 'active', state_reason: null });
    await eventually('what was kept', '/new', ['kept 1', 'kept 2']);
  }, 60_000);

  it('rotates its secret: the old one verifies until its time, and not longer', async () => {
    const old = secret;
    const rotated = await ask('POST', `/webhooks/${NAME}/rotate-secret`, { previous_valid_s: 5 });
    ({ secret } = rotated.body);
    const until_ = Date.parse(rotated.body.previous_secret_until);
    const tested = async () => {
      receiver.received = [];
      await ask('POST', `/webhooks/${NAME}/test`);
      const [message] = receiver.received as [ReceivedMessage];
      return verifiedOutside([old, secret].map((each) => ({ ...message, secret: each })));
    };
    await sleep(CHANGE_MS);
    expect(await tested()).toEqual([{ verified: 'webhook.test' }, { verified: 'webhook.test' }]);
    await sleep(Math.max(0, until_ - Date.now()) + 100);
    expect(await tested()).toEqual([{ refused: expect.stringMatching(/signature/i) }, { verified: 'webhook.test' }]);
  }, 60_000);

  it('stays disabled by 410 when the dispatcher starts again, and tells it in its metrics', async () => {
    receiver.received = [];
    receiver.status = 410;
    await say('gone');
    const stateOf = (state: string) =>
      stack().dispatcher.metric('eveys_ocpp_webhook_subscription_state', `subscription="${NAME}",state="${state}"`);
    await until('it to be disabled', async () => expect(await stateOf('disabled')).toBe(1));
    expect(stack().dispatcher.output).toMatch(/webhook subscription disabled/);
    await stack().dispatcher.stop();
    await stack().dispatcher.launch();
    expect(await stateOf('disabled')).toBe(1);
    await say('later');
    await until('the event to wait', async () => expect(await items('state=pending')).toHaveLength(1));
    expect(receiver.infos('/new')).toEqual(['gone']);
    const depth = (metric: string) =>
      stack().dispatcher.metric(`eveys_ocpp_webhook_${metric}`, `subscription="${NAME}"`);
    expect([await depth('pending'), await depth('dead')]).toEqual([1, 1]);
    receiver.status = 204;
    await ask('POST', `/webhooks/${NAME}/resume`);
    await eventually('what came later', '/new', ['gone', 'later']);
    const delivered = `subscription="${NAME}",outcome="delivered"`;
    await until('the attempt to be counted', async () =>
      expect(await stack().dispatcher.metric('eveys_ocpp_webhook_attempts_total', delivered)).toBe(1),
    );
  }, 90_000);

  it('lists the dead of all webhooks, shows one, and replays it once, signed anew under the same id', async () => {
    const [first] = receiver.received as [ReceivedMessage];
    const listed = await ask('GET', `/webhook-deliveries?state=dead&cp_id=${CP_ID}`);
    expect(listed.body.items).toMatchObject([{ webhook: NAME, last_status: 410, last_error: 'answered 410 Gone' }]);
    const path = `/webhook-deliveries/${listed.body.items[0].id}`;
    expect((await ask('GET', path)).body).toMatchObject({ state: 'dead', body: first.body });
    receiver.received = [];
    await sleep(1_000 - (Date.now() - timeOf(first) * 1_000));
    expect(await ask('POST', `${path}/replay`)).toMatchObject({ status: 200, body: { state: 'pending', attempts: 0 } });
    await eventually('it to come again', '/new', ['gone']);
    const [again] = receiver.received as [ReceivedMessage];
    expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(timeOf(again)).toBeGreaterThan(timeOf(first));
    expect(await verifiedOutside([{ ...again, secret }])).toEqual([{ verified: 'cp.status' }]);
    await until('it to be delivered', async () => expect((await ask('GET', path)).body.state).toBe('delivered'));
    const twice = await ask('POST', `${path}/replay`);
    expect([twice.status, twice.body.type]).toEqual([409, 'urn:ocpp-gw:problem:webhook-delivery-not-dead']);
  }, 60_000);

  it('resends since a time what the filter names, in order, verified by our own client', async () => {
    const since = (await items('state=delivered')).find((each: { attempts: number }) => each.attempts > 0).recorded_at;
    await say('newest');
    await until('the newest', async () => expect(receiver.infos('/new')).toContain('newest'));
    await until('it to be delivered', async () => expect(await items('state=pending')).toEqual([]));
    receiver.received = [];
    const resent = await ask('POST', `/webhooks/${NAME}/resend`, {
      from: since,
      event_type: 'cp.status',
      cp_id: CP_ID,
    });
    await until('them to come again', async () => expect(receiver.received).toHaveLength(resent.body.count));
    expect(receiver.infos('/new')).toEqual(['later', 'newest']);
    const none = await ask('POST', `/webhooks/${NAME}/resend`, { from: since, cp_id: 'NOBODY' });
    expect(none.body).toEqual({ count: 0 });
    for (const { headers, body } of receiver.received) {
      expect(verifyWebhook(secret, headers, body)).toMatchObject({ type: 'cp.status', data: { cp_id: CP_ID } });
      const changed = body.replace(CP_ID, 'OTHER');
      expect(() => verifyWebhook(secret, headers, changed)).toThrow(WebhookVerificationError);
    }
  }, 60_000);
}
