import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeSpansWith, type LiveSpan, type SpanRequest } from '@ocpp-gw/service-kit';
import type { ClaimedDelivery } from '@ocpp-gw/persistence';
import type { Subscription } from '../subscriptions/subscriptions.ts';
import type { Post } from './post.ts';
import { tracedAttempts, tracedPosts } from './traced.ts';
import type { Answer } from './verdict.ts';

const EVENT = `00-${'a'.repeat(32)}-${'a'.repeat(16)}-01`;
const OWN = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

let started: (SpanRequest & { failed?: string; set?: object })[];

beforeEach(() => {
  started = [];
  let active: LiveSpan | undefined;
  makeSpansWith({
    active: () => active,
    isSampled: () => true,
    start(request) {
      const record: (typeof started)[number] = request;
      started.push(record);
      const span: LiveSpan = {
        ...{ traceparent: OWN, ids: { trace_id: 'a', span_id: 'b' }, rename: () => undefined, link: () => undefined },
        set: (attributes) => void (record.set = attributes),
        failed: (type) => void (record.failed = type),
        run: (work) => ((active = span), work()),
        end: () => (active = undefined),
      };
      return span;
    },
  });
});

afterEach(() => makeSpansWith(undefined));

const subscription = { name: 'billing' } as Subscription;
const deliveryOf = (body: object): ClaimedDelivery =>
  ({
    cpId: 'CP1',
    eventId: 'event-1',
    eventType: 'cp.boot',
    attempts: 2,
    body: JSON.stringify(body),
  }) as ClaimedDelivery;

describe('the span of an attempt', () => {
  it.each([
    [{ data: { traceparent: EVENT } }, EVENT],
    [{ data: { traceparent: '' } }, null],
    [{}, null],
  ])('of %j is in the trace of its event', async (body, parent) => {
    await tracedAttempts(() => Promise.resolve())(subscription, deliveryOf(body), () => undefined);
    expect(started).toEqual([
      expect.objectContaining({
        parent,
        attributes: expect.objectContaining({ 'ocpp.webhook.subscription': 'billing', 'ocpp.webhook.attempt': 2 }),
      }),
    ]);
  });
});

describe('the span of a POST', () => {
  const sent: Post[] = [];
  const post = { url: 'https://hooks.example/secret-in-path?k=secret', body: '{}', timeoutMs: 1 } as Post;
  const answering = (answer: Answer) =>
    tracedPosts((given) => {
      sent.push(given);
      return Promise.resolve(answer);
    })(post);

  it('gives its context to the receiver, and names its host alone', async () => {
    await answering({ kind: 'answered', status: 204 } as Answer);
    expect(sent.at(-1)).toEqual({ ...post, traceparent: OWN });
    expect(started[0]).toMatchObject({ kind: 'client', set: { 'http.response.status_code': 204 } });
    expect(started[0]).not.toHaveProperty('failed');
    expect(JSON.stringify(started)).not.toContain('secret');
  });

  it.each([
    [{ kind: 'answered', status: 500 }, '500'],
    [{ kind: 'failed', reason: 'connect ECONNREFUSED 10.0.0.1' }, 'no answer'],
  ])('fails with %j', async (answer, failed) => {
    await answering(answer as Answer);
    expect(started[0]?.failed).toBe(failed);
  });
});
