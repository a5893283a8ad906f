import { describe, expect, it } from '@jest/globals';
import { verdict, type Answer } from './verdict.ts';

const now = new Date('2026-03-01T10:00:00Z');
const schedule = { maxAttempts: 3, baseMs: 1000, capMs: 60_000 };
const of = (answer: Answer, number = 1): ReturnType<typeof verdict> =>
  verdict(answer, { number, now, random: 0.5 }, schedule);
const answered = (status: number, retryAfter?: string): Answer => ({ kind: 'answered', status, retryAfter });

describe('verdict', () => {
  it.each([200, 201, 202, 204, 299])('takes %d for delivered', (status) => {
    expect(of(answered(status), 3)).toEqual({ kind: 'delivered', status });
  });

  it.each([100, 301, 302, 307, 400, 401, 404, 408, 429, 500, 503])('tries again after %d', (status) => {
    expect(of(answered(status))).toEqual({
      kind: 'retry',
      at: new Date(now.getTime() + 500),
      reason: `answered ${status}`,
      status,
    });
  });

  it('tries again when there was no answer', () => {
    expect(of({ kind: 'failed', reason: 'ECONNREFUSED' })).toMatchObject({
      kind: 'retry',
      reason: 'ECONNREFUSED',
      status: undefined,
    });
  });

  it.each([429, 503, 302])('waits as long as the Retry-After of a %d asks', (status) => {
    expect(of(answered(status, '30'))).toMatchObject({ at: new Date(now.getTime() + 30_000) });
  });

  it('takes 410 for the end of the subscription, on the first try', () => {
    expect(of(answered(410))).toEqual({ kind: 'dead', reason: 'answered 410 Gone', status: 410, gone: true });
  });

  it('gives up after the last try', () => {
    expect(of(answered(500), 3)).toEqual({ kind: 'dead', reason: 'answered 500', status: 500, gone: false });
  });
});
