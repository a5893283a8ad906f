import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../stack.ts';

/** Kills the ingestor, ClickHouse and a ws-edge by SIGKILL, one after the other, spread over the time, and starts each again. */
export async function interrupt(stack: Stack, overMs: number, report: (message: string) => void): Promise<void> {
  const { ingestor, dataPlane, edges } = stack;
  const turns = [
    ['clickhouse-ingestor', () => ingestor.stop('SIGKILL'), () => ingestor.launch()],
    ['ClickHouse', () => dataPlane.kill('clickhouse'), () => dataPlane.start('clickhouse')],
    ['ws-edge', () => edges[0].stop('SIGKILL'), () => edges[0].launch()],
    ['clickhouse-ingestor', () => ingestor.stop('SIGKILL'), () => ingestor.launch()],
  ] as const;
  for (const [name, kill, start] of turns) {
    await delay(overMs / (turns.length + 1));
    report(`kill -9 ${name}`);
    await kill();
    await delay(1_000);
    await start();
    report(`${name} is back`);
  }
}
