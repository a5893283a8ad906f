import { setTimeout as sleep } from 'node:timers/promises';
import { newHistogram, recordMs, type Histogram } from './measure/histogram.ts';

const BURST_EVERY_MS = 5_000;
const TIMEOUT_MS = 60_000;

export interface CommandsResult {
  asked: number;
  /** By how REST answered: `200`, or the problem in words. */
  ends: Record<string, number>;
  /** From when a burst was due to the answer, by command. */
  latency: Record<string, Histogram>;
}

export interface CommandsOptions {
  /** http://host:port/api/v1 */
  rest: string;
  token: string;
  identities: readonly string[];
  /** Commands in one burst. */
  burst: number;
  /** Unix milliseconds. */
  startAt: number;
  seconds: number;
}

/** Each with a body that charge points of both versions understand. */
const COMMANDS: readonly { path: string; body: object }[] = [
  { path: 'clear-cache', body: {} },
  { path: 'data-transfer', body: { vendor_id: 'load-test', data: 'load-test' } },
];

/** Bursts of commands, whatever becomes of those before. */
export async function sendBursts(options: CommandsOptions): Promise<CommandsResult> {
  const { burst, seconds, startAt, identities } = options;
  const result: CommandsResult = { asked: 0, ends: {}, latency: {} };
  const underWay: Promise<void>[] = [];
  for (let dueAt = startAt; dueAt < startAt + seconds * 1000; dueAt += BURST_EVERY_MS) {
    await sleep(Math.max(0, dueAt - Date.now()));
    for (let n = 0; n < burst; n += 1) {
      const identity = identities[(result.asked * STRIDE) % identities.length] ?? '';
      const command = COMMANDS[result.asked % COMMANDS.length];
      result.asked += 1;
      if (command) underWay.push(send(options, identity, command, dueAt, result));
    }
  }
  await Promise.all(underWay);
  return result;
}

/** A prime, so that commands go to all chargers, of both versions and of every ws-edge. */
const STRIDE = 7919;

async function send(
  { rest, token }: CommandsOptions,
  identity: string,
  { path, body }: { path: string; body: object },
  dueAt: number,
  { ends, latency }: CommandsResult,
): Promise<void> {
  const end = await endOf(`${rest}/charge-points/${identity}/commands/${path}`, token, body);
  ends[end] = (ends[end] ?? 0) + 1;
  recordMs((latency[`REST ${path}`] ??= newHistogram()), Date.now() - dueAt);
}

async function endOf(url: string, token: string, body: object): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { type } = (await answer.json()) as { type?: string };
    return answer.ok ? String(answer.status) : `${answer.status} ${type?.split(':').at(-1) ?? ''}`.trim();
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'no answer' : 'no connection';
  }
}
