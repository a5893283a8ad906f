import { setTimeout as sleep } from 'node:timers/promises';
import { summarise, type Summary } from '../statistics.ts';
import { CONDITIONS, type Condition } from './conditions.ts';
import type { WebhookBenchOptions } from './options.ts';
import { WebhookSystem } from './system.ts';

/** One round: every condition once. */
export type Round = ReadonlyMap<Condition, Summary>;

const WARM_UP_S = 10;
/** A change of the subscriptions takes effect within a second. */
const CHANGE_MS = 2_000;
/** Events before those that count: what is dead is known to be, and its attempts run. */
const LEAD_IN_S = 3;
const GIVE_UP_MS = 60_000;
const POLL_MS = 200;
const GOLDEN_RATIO = 0.618_034;

type Say = (what: string) => void;

/** Runs of all conditions in turn. Stops all that it started. */
export async function measureWebhooks(
  options: WebhookBenchOptions,
  say: Say,
  interruption: AbortSignal,
): Promise<Round[]> {
  const { system, stop } = await WebhookSystem.start(options);
  try {
    say('warming up');
    await drive(system, options, WARM_UP_S);
    const rounds: Round[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const summaries = new Map<Condition, Summary>();
      for (const condition of inTurn(round)) {
        interruption.throwIfAborted();
        const summary = await run(system, options, condition);
        say(`round ${round + 1}, ${condition.title}: p50 ${summary.p50} ms, p99 ${summary.p99} ms`);
        summaries.set(condition, summary);
      }
      rounds.push(summaries);
    }
    return rounds;
  } finally {
    await stop();
  }
}

/** Each round begins with another condition, so that what changes with time favours none. */
export function inTurn(round: number): Condition[] {
  const first = round % CONDITIONS.length;
  return [...CONDITIONS.slice(first), ...CONDITIONS.slice(0, first)];
}

async function run(system: WebhookSystem, options: WebhookBenchOptions, condition: Condition): Promise<Summary> {
  await system.setUp(condition);
  try {
    await sleep(CHANGE_MS);
    await drive(system, options, LEAD_IN_S);
    return summarise(await drive(system, options, options.seconds));
  } finally {
    await system.tearDown();
    await sleep(CHANGE_MS);
  }
}

/**
 * Part of its interval at which an event leaves: spread evenly, and the same in every run. At the same part each, all would meet the
 * half seconds of the dispatcher at the same point, another one in each run.
 */
function offsetOf(n: number): number {
  return (n * GOLDEN_RATIO) % 1;
}

/** Events at a fixed rate. @returns how long each took to each live endpoint, ms */
async function drive(system: WebhookSystem, options: WebhookBenchOptions, seconds: number): Promise<number[]> {
  await system.receivers.forget();
  const startedAt = performance.now();
  const events = seconds * options.rate;
  for (let n = 0; n < events; n += 1) {
    const wait = startedAt + ((n + offsetOf(n)) * 1000) / options.rate - performance.now();
    if (wait > 0) await sleep(wait);
    await system.publish(n % options.chargers);
  }
  const expected = events * options.subscriptions;
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    const waits = await system.receivers.waits();
    if (waits.length >= expected) return waits;
    if (performance.now() > giveUpAt)
      throw new Error(`only ${waits.length} of ${expected} webhooks arrived within ${GIVE_UP_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}
