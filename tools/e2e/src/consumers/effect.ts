import { expect } from '@jest/globals';
import { CONSUMED, CONSUMERS } from '@ocpp-gw/contracts';
import { until } from '../until.ts';
import type { Consumers } from './consumers.ts';
import type { Flow } from './flow.ts';
import { uncommitted } from './group.ts';
import { feedsAreRight } from './recount.ts';

/** Kafka notices after ten seconds that a member died, and a claim of a killed dispatcher runs for sixteen. */
const SETTLED_WITHIN_MS = 60_000;

/**
 * All that was published is in ClickHouse, each event once as its documentation says to ask, what is made of it at insert equals a
 * recount, and nothing is left to do.
 */
export async function storedOnce({ clickhouse, dataPlane }: Consumers, flow: Flow): Promise<void> {
  const rows = async <Row>(query: string): Promise<Row[]> => {
    const cpIds = [...flow.published.keys()];
    return (await clickhouse.query({ query, query_params: { cpIds }, format: 'JSONEachRow' })).json();
  };
  const tables = ['transaction_events', 'meter_samples', 'connector_status', 'connections'];
  const each = tables.map((table) => `SELECT event_id FROM ${table} FINAL WHERE cp_id IN {cpIds:Array(String)}`);
  await until(
    'every event to be stored once',
    async () => {
      const stored = await rows<{ event_id: string }>(each.join(' UNION ALL '));
      expect(stored.map(({ event_id }) => event_id).sort()).toEqual(flow.ids.sort());
      expect(await uncommitted(dataPlane.kafkaBrokers, CONSUMERS.ingestor, CONSUMED[CONSUMERS.ingestor])).toBe(0);
    },
    SETTLED_WITHIN_MS,
  );
  const ended = await rows<{ energy: number }>(
    `SELECT sum(energy_wh) / count() AS energy FROM sessions WHERE state = 'ended' AND cp_id IN {cpIds:Array(String)}`,
  );
  expect(ended).toEqual([{ energy: 2000 }]);
  await feedsAreRight(clickhouse, [...flow.published.keys()]);
}

/** All that was published was received, each charger's in order; what was heard twice, before anything newer. */
export async function heardInOrder({ receiver, dataPlane }: Consumers, flow: Flow): Promise<void> {
  await until(
    'every webhook',
    async () => {
      for (const [cpId, ids] of flow.published) expect(withoutEchoes(receiver.heard(cpId))).toEqual(ids);
      expect(await uncommitted(dataPlane.kafkaBrokers, CONSUMERS.dispatcher, CONSUMED[CONSUMERS.dispatcher])).toBe(0);
    },
    SETTLED_WITHIN_MS,
  );
}

function withoutEchoes(ids: readonly string[]): string[] {
  return ids.filter((id, n) => id !== ids[n - 1]);
}
