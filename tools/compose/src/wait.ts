import { setTimeout as sleep } from 'node:timers/promises';
import { progressOfAll, type Container } from './containers.ts';

export interface Watch {
  services: readonly string[];
  containers(): Promise<readonly Container[]>;
  say(line: string): void;
  timeoutMs?: number;
  intervalMs?: number;
}

const TIMEOUT_MS = 5 * 60_000;
const INTERVAL_MS = 2_000;

/** Resolves once every service is ready, and says on the way what is being waited for. @returns whether all are */
export async function untilReady({
  services,
  containers,
  say,
  timeoutMs = TIMEOUT_MS,
  intervalMs = INTERVAL_MS,
}: Watch): Promise<boolean> {
  const giveUpAt = Date.now() + timeoutMs;
  let said = '';
  for (;;) {
    const { waiting, failed } = progressOfAll(services, await containers());
    if (failed.length > 0) {
      say(
        `failed: ${failed.join(', ')}; \`docker compose --file docker/compose.yaml logs ${failed.join(' ')}\` says why`,
      );
      return false;
    }
    if (waiting.length === 0) return true;
    const line = `waiting for ${waiting.join(', ')}`;
    if (line !== said) say(line);
    said = line;
    if (Date.now() > giveUpAt) {
      say(`gave up after ${timeoutMs / 1000} s`);
      return false;
    }
    await sleep(intervalMs);
  }
}
