import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats `probe` until it stops throwing; after 25 s its last error is thrown. */
export async function until<T>(what: string, probe: () => Promise<T>, timeoutMs = 25_000): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() > giveUpAt)
        throw new Error(`waited for ${what}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      await sleep(100);
    }
  }
}
