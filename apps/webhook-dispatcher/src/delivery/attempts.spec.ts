import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@ocpp-gw/service-kit';
import { Registry } from 'prom-client';
import { createWebhookMetrics } from '../metrics.ts';
import type { Subscription } from '../subscriptions/subscriptions.ts';
import { Attempts } from './attempts.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Post } from './post.ts';
import type { Answer } from './verdict.ts';

const subscription: Subscription = {
  name: 'billing',
  state: 'active',
  url: 'https://a.b/hook',
  secrets: [{ value: `whsec_${Buffer.alloc(32, 1).toString('base64')}`, until: null }],
  events: ['*'],
  ordered: true,
};

const delivery = {
  id: '5',
  subscription: 'billing',
  eventId: 'event-1',
  eventType: 'cp.boot',
  cpId: 'CP1',
  body: '{}',
  attempts: 1,
  recordedAt: new Date(),
  createdAt: new Date(),
};

async function run(answer: Answer, facts: Partial<typeof delivery> = {}) {
  const marks: unknown[][] = [];
  const posts: Post[] = [];
  const lines: string[] = [];
  const registry = new Registry();
  const line = (message: string): void => void lines.push(message);
  const logger: Logger = { debug: line, info: line, warn: line, error: line, child: () => logger };
  const mark =
    (name: string) =>
    (...rest: unknown[]) =>
      Promise.resolve(void marks.push([name, ...rest]));
  const queue = { markDelivered: mark('delivered'), markRetry: mark('retry'), markDead: mark('dead') };
  const disabled: string[] = [];
  const sut = new Attempts({
    queue: queue as unknown as DeliveryQueue,
    disable: ({ name }, reason) => Promise.resolve(void disabled.push(`${name}: ${reason}`)),
    post: (post) => {
      posts.push(post);
      return Promise.resolve(answer);
    },
    schedule: { maxAttempts: 3, baseMs: 1000, capMs: 1000 },
    timeoutMs: 500,
    metrics: createWebhookMetrics(registry, () => Promise.reject(new Error('away'))),
    logger,
  });
  await sut.run(subscription, { ...delivery, ...facts });
  return { marks, posts, lines, disabled, metrics: await registry.metrics() };
}

describe('Attempts', () => {
  it('posts the stored body, signed under the id of the event', async () => {
    const { posts } = await run({ kind: 'answered', status: 200 });
    expect(posts).toEqual([
      {
        url: 'https://a.b/hook',
        body: '{}',
        timeoutMs: 500,
        headers: expect.objectContaining({
          'webhook-id': 'event-1',
          'webhook-signature': expect.stringMatching(/^v1,/),
        }),
      },
    ]);
  });

  it('writes down a delivery', async () => {
    const { marks, metrics } = await run({ kind: 'answered', status: 204 });
    expect(marks).toEqual([['delivered', [{ id: '5', status: 204 }]]]);
    expect(metrics).toMatch(/attempts_total\{subscription="billing",outcome="delivered"\} 1/);
    expect(metrics).toMatch(/delivery_duration_seconds_count\{subscription="billing"\} 1/);
  });

  it('writes down when to try again', async () => {
    const before = Date.now();
    const { marks, lines } = await run({ kind: 'answered', status: 503, retryAfter: '60' });
    expect(marks).toEqual([['retry', '5', expect.any(Date), 'answered 503', 503, true]]);
    expect((marks[0]?.[2] as Date).getTime() - before).toBeGreaterThan(59_000);
    expect(lines).toEqual(['webhook attempt failed']);
  });

  it('writes down a dead delivery after the last try', async () => {
    const { marks, disabled, metrics } = await run({ kind: 'failed', reason: 'refused' }, { attempts: 3 });
    expect(marks).toEqual([['dead', '5', 'refused', undefined, true]]);
    expect(disabled).toEqual([]);
    expect(metrics).toMatch(/outcome="dead"\} 1/);
  });

  it('disables a subscription that is gone', async () => {
    const { marks, disabled, lines } = await run({ kind: 'answered', status: 410 });
    expect(marks).toEqual([['dead', '5', 'answered 410 Gone', 410, true]]);
    expect(disabled).toEqual(['billing: its receiver answered 410 Gone']);
    expect(lines).toEqual(['webhook delivery is dead']);
  });
});
