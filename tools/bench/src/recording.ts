import { createClient } from '@clickhouse/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './gateway/ask.ts';
import type { BenchGateway } from './gateway/gateway.ts';
import { SECRET } from './load/workloads.ts';

/** ws-edge reads every two seconds of whom it is asked. */
const BEGINS_WITHIN_MS = 3_000;
const REQUESTS_AT_ONCE = 20;

/** CALLs of the chargers, and the answers of the gateway. */
export interface RecordedFrames {
  sent: number;
  recorded: number;
  withSecret: number;
}

/** Asks that the frames of all these charge points are recorded. */
export async function record({ rest }: BenchGateway, identities: readonly string[]): Promise<void> {
  const left = [...identities];
  const askForAll = async (): Promise<void> => {
    for (let identity = left.pop(); identity !== undefined; identity = left.pop())
      await ask('PUT', `${rest}/charge-points/${identity}/recording`, { hours: 1 });
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, askForAll));
  await sleep(BEGINS_WITHIN_MS);
}

/** What ClickHouse has of so many messages; all that is recorded is of them. */
export async function framesOf({ clickhouseUrl }: BenchGateway, messages: number): Promise<RecordedFrames> {
  const client = createClient({ url: clickhouseUrl, database: 'ocpp' });
  try {
    const result = await client.query({
      query: `SELECT toInt32(countIf((direction = 'in') = (kind = 'call'))) AS recorded,
        toInt32(countIf(position(raw, {secret:String}) > 0)) AS withSecret FROM messages FINAL`,
      query_params: { secret: SECRET },
      format: 'JSONEachRow',
    });
    const [row] = await result.json<{ recorded: number; withSecret: number }>();
    if (!row) throw new Error('ClickHouse gave no row');
    return { sent: 2 * messages, ...row };
  } finally {
    await client.close();
  }
}
