import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { rest, type RestAnswer, type Stack } from '../stack.ts';

export async function query<Row extends object>(
  stack: Pick<Stack, 'dataPlane'>,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stack.dataPlane.postgresUrl });
  // A server that is killed meanwhile fails the query, which says it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

export async function outboxRows(stack: Stack, lane: 'kafka' | 'backend'): Promise<number> {
  const [row] = await query<{ rows: number }>(stack, 'SELECT count(*)::int AS rows FROM outbox WHERE lane = $1', [
    lane,
  ]);
  return row?.rows ?? NaN;
}

export function reset(stack: Stack, cpId: string): Promise<RestAnswer> {
  return rest(stack, 'POST', `/charge-points/${cpId}/commands/reset`, { type: 'Soft', timeout_s: 3 });
}

/** Tells what still holds while something is away, a few times over a while: not only in the first moment. */
export async function throughout(times: number, check: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; n < times; n++) {
    await check(n);
    await sleep(200);
  }
}
