import { describe, expect, it } from '@jest/globals';
import type { Container } from './containers.ts';
import { untilReady } from './wait.ts';

const at = (service: string, state: string, exitCode = 0): Container => ({ service, state, health: '', exitCode });

async function watch(
  services: string[],
  looks: Container[][],
  timeoutMs = 60_000,
): Promise<{ ok: boolean; said: string[] }> {
  const said: string[] = [];
  const ok = await untilReady({
    services,
    containers: () => Promise.resolve((looks.length > 1 ? looks.shift() : looks[0]) ?? []),
    say: (line) => said.push(line),
    intervalMs: 1,
    timeoutMs,
  });
  return { ok, said };
}

describe('untilReady', () => {
  it('says once what it waits for, and ends when all are ready', async () => {
    const starting = [at('a', 'created'), at('b', 'running')];
    expect(await watch(['a', 'b'], [[], starting, starting, [at('a', 'running'), at('b', 'running')]])).toEqual({
      ok: true,
      said: ['waiting for a, b', 'waiting for a'],
    });
  });

  it('ends at once when a job failed', async () => {
    const { ok, said } = await watch(['a', 'job'], [[at('a', 'created'), at('job', 'exited', 1)]]);
    expect(ok).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^failed: job; .* logs job/)]);
  });

  it('gives up', async () => {
    const { ok, said } = await watch(['a'], [[]], 50);
    expect(ok).toBe(false);
    expect(said.at(-1)).toBe('gave up after 0.05 s');
  });
});
