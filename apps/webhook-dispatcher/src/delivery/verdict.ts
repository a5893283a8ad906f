import { retryAfter, retryDelay, type Schedule } from './schedule.ts';

/** The outcome of one POST. */
export type Answer = { kind: 'answered'; status: number; retryAfter?: string } | { kind: 'failed'; reason: string };

/** What happens to the delivery next. */
export type Verdict =
  | { kind: 'delivered'; status: number }
  | { kind: 'retry'; at: Date; reason: string; status?: number }
  /** `gone` means that the receiver wants no more deliveries. */
  | { kind: 'dead'; reason: string; status?: number; gone: boolean };

export interface Attempt {
  /** Number of the attempt, 1 for the first. */
  number: number;
  now: Date;
  /** Random number from 0 to 1, for the jitter. */
  random: number;
}

/**
 * 2xx is success and 410 the end of the subscription; everything else, redirects and other 4xx among it, is tried again
 * (Standard Webhooks, "Deliverability and reliability"): receivers answer 404 during a deployment, too.
 */
export function verdict(answer: Answer, attempt: Attempt, schedule: Schedule): Verdict {
  const status = answer.kind === 'answered' ? answer.status : undefined;
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 410) return { kind: 'dead', reason: 'answered 410 Gone', status, gone: true };
  const reason = answer.kind === 'answered' ? `answered ${answer.status}` : answer.reason;
  const asked = answer.kind === 'answered' ? retryAfter(answer.retryAfter, attempt.now) : 0;
  const delay = retryDelay(schedule, attempt.number, attempt.random, asked);
  if (delay === undefined) return { kind: 'dead', reason, status, gone: false };
  return { kind: 'retry', at: new Date(attempt.now.getTime() + delay), reason, status };
}
