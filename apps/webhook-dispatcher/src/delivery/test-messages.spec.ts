import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@ocpp-gw/service-kit';
import { Webhook } from 'standardwebhooks';
import { Subscriptions, type Subscription } from '../subscriptions/subscriptions.ts';
import type { Post } from './post.ts';
import { TestMessages } from './test-messages.ts';
import type { Answer } from './verdict.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const ID = '019b796d-d600-7321-bba6-0b16c110c6fe';
const logger: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger };

const subscription = (more: Partial<Subscription> = {}): Subscription => ({
  name: 'a',
  url: 'https://a.b/hook',
  events: ['*'],
  ordered: true,
  state: 'disabled',
  secrets: [{ value: SECRET, until: null }],
  ...more,
});

async function run(answer: Answer, subscriptions: Subscription[]) {
  const finished: unknown[] = [];
  const posts: Post[] = [];
  const requested = [{ id: ID, subscription: 'a' }];
  const sut = new TestMessages({
    tests: {
      take: () => Promise.resolve(requested.splice(0)),
      finish: (id, outcome) => Promise.resolve(void finished.push({ id, ...outcome })),
    },
    subscriptions: new Subscriptions(subscriptions),
    post: (post) => Promise.resolve(answer).finally(() => posts.push(post)),
    timeoutMs: 500,
    logger,
  });
  await sut.look();
  await sut.stop();
  return { finished, posts };
}

describe('TestMessages', () => {
  it('sends a signed message, also to a subscription that is disabled', async () => {
    const { finished, posts } = await run({ kind: 'answered', status: 418 }, [subscription()]);
    expect(finished).toEqual([{ id: ID, status: 418, error: null, durationMs: expect.any(Number) }]);
    const [{ url, body, headers }] = posts as [Post];
    expect(url).toBe('https://a.b/hook');
    expect(new Webhook(SECRET).verify(body, { ...headers })).toEqual({
      type: 'webhook.test',
      timestamp: expect.any(String),
      data: { id: ID, subscription: 'a' },
    });
  });

  it.each([
    ['no answer', { kind: 'failed', reason: 'refused' }, [subscription()], 'refused', 1],
    ['no subscription', { kind: 'answered', status: 200 }, [], 'the dispatcher has no such subscription', 0],
    [
      'no secret',
      { kind: 'answered', status: 200 },
      [subscription({ secrets: [] })],
      'the dispatcher has no secret to sign with',
      0,
    ],
  ] as const)('writes why there was %s', async (_, answer, subscriptions, error, sent) => {
    const { finished, posts } = await run(answer, [...subscriptions]);
    expect(finished).toEqual([{ id: ID, status: null, error, durationMs: expect.any(Number) }]);
    expect(posts).toHaveLength(sent);
  });
});
