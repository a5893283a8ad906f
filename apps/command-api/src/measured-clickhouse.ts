import type { ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseMetrics } from './metrics.ts';

/** The client, with each of its queries measured. */
export function measuredClickHouse(client: ClickHouseClient, metrics: ClickHouseMetrics): ClickHouseClient {
  const query = client.query.bind(client);
  client.query = async (params) => {
    const stop = metrics.querySeconds.startTimer();
    let outcome = 'failed';
    try {
      const result = await query(params);
      outcome = 'ok';
      return result;
    } finally {
      stop({ outcome });
    }
  };
  return client;
}
