import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Reads again and again until the value is wanted, and gives it; without `wanted`, until it is true. A read that throws
 * counts as not yet.
 * @throws Error after `ms`, with the last value, or the last error as its cause
 */
export async function eventually<T>(
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean = Boolean,
  ms = 60_000,
): Promise<T> {
  const giveUpAt = performance.now() + ms;
  for (;;) {
    const last = await attempt(read);
    if ('value' in last && wanted(last.value)) return last.value;
    if (performance.now() > giveUpAt) {
      if ('error' in last) throw new Error(`still failing after ${ms} ms`, { cause: last.error });
      throw new Error(`still ${JSON.stringify(last.value)} after ${ms} ms: ${read.toString()}`);
    }
    await sleep(POLL_MS);
  }
}

async function attempt<T>(read: () => Promise<T> | T): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await read() };
  } catch (error) {
    return { error };
  }
}
