import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { WebhookReceiver, ask as askRest } from '../webhook-receiver.ts';

const CP_ID = 'FINDINGS-16';
const WEBHOOK = 'e2e-findings';
/** How long a finding may take from its frames on. */
const WITHIN_MS = 60_000;

/** What is wrong with a recorded charge point is found by itself, from the frame to the webhook. */
export function findingsSuite(stack: () => Stack): void {
  let receiver: WebhookReceiver;
  let charger: FakeCharger;
  const ask = (method: string, path: string, body?: object) => askRest(stack(), method, path, body);

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    charger = await booted(stack().edgeUrls[0], CP_ID, 'ocpp1.6');
    await ask('POST', '/webhooks', { name: WEBHOOK, url: receiver.url('/hook'), events: ['cp.finding'] });
    await ask('PUT', `/charge-points/${CP_ID}/recording`, { hours: 1 });
    await until('the recording to begin', async () => {
      await charger.call('Heartbeat');
      expect((await ask('GET', `/charge-points/${CP_ID}/messages`)).body.items).not.toEqual([]);
    });
  }, 120_000);

  afterAll(async () => {
    await ask('DELETE', `/webhooks/${WEBHOOK}`);
    await charger?.close();
    receiver.stop();
  });

  it('is in the list of the fleet within a minute, and is published once', async () => {
    const fault = { connectorId: 1, errorCode: 'GroundFailure', status: 'Faulted' };
    await charger.call('StatusNotification', fault);
    const of = `cp_id=${CP_ID}&finding=connector-fault`;
    const found = await until(
      'the finding',
      async () => {
        const { items } = (await ask('GET', `/findings?${of}`)).body;
        expect(items).toHaveLength(1);
        return items[0];
      },
      WITHIN_MS,
    );
    expect(found).toMatchObject({ severity: 'critical', state: 'open', vendor: 'Fake', model: 'F1', count: 1 });
    const messages = (await ask('GET', `/charge-points/${CP_ID}/messages?action=StatusNotification`)).body.items;
    const recorded = messages.map(({ event_id: id }: { event_id: string }) => id);
    expect(recorded).toEqual(expect.arrayContaining(found.frame_event_ids));

    const published = () =>
      receiver.received
        .map(({ body }) => JSON.parse(body).data)
        .filter(({ cp_id: cpId, payload }) => cpId === CP_ID && payload.finding === 'connector-fault')
        .map(({ payload }) => payload);
    await until('the webhook', async () => expect(published()).toHaveLength(1));
    await charger.call('StatusNotification', fault);
    await until(
      'the second look',
      async () => expect((await ask('GET', `/findings?${of}`)).body.items).toMatchObject([{ count: 2 }]),
      WITHIN_MS,
    );
    expect(published()).toMatchObject([
      { finding_id: found.finding_id, state: 'open', title: found.title, details: found.details },
    ]);
    const { by_finding: counts } = (await ask('GET', '/findings/summary')).body;
    expect(counts).toContainEqual(expect.objectContaining({ finding: 'connector-fault', severity: 'critical' }));
  }, 180_000);
}
