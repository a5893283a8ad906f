import type { ClickHouseClient } from '@clickhouse/client';
import { ALL_TOPICS, TOPICS } from '@ocpp-gw/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { readEvents, type SeenEvent } from '../events-seen.ts';
import type { Recorder } from './recorder.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const TABLES = {
  boots: [TOPICS.boot],
  connector_status: [TOPICS.status],
  connections: [TOPICS.connection],
  transaction_events: [TOPICS.transactionStarted, TOPICS.transactionUpdated, TOPICS.transactionEnded],
} as const;

/** Everything that was published, each event once. */
export async function publishedEvents(brokers: string): Promise<SeenEvent[]> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  let messages = 0;
  for (const topic of ALL_TOPICS)
    for (const { high, low } of await admin.fetchTopicOffsets(topic)) messages += Number(high) - Number(low);
  await admin.disconnect();
  const seen = await readEvents(brokers, ALL_TOPICS, (all) => all.length >= messages, 120_000);
  return [...new Map(seen.map((one) => [one.event.id, one])).values()];
}

/** Each published event is in its table once, and each acknowledged notification of a charger too. */
export async function countVerdicts(
  client: ClickHouseClient,
  published: readonly SeenEvent[],
  recorder: Recorder,
): Promise<Verdict[]> {
  const rows = async <Row>(query: string): Promise<Row[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const verdicts: Verdict[] = [];
  for (const [table, topics] of Object.entries(TABLES)) {
    const expected = published.filter(({ topic }) => topics.some((one) => one === topic)).map(({ event }) => event.id);
    const ids = await rows<{ event_id: string }>(`SELECT event_id FROM ${table} FINAL`);
    verdicts.push(
      verdictOf(
        { source: `${table}: every event once` },
        sameSet(
          expected,
          ids.map(({ event_id }) => event_id),
        ),
      ),
    );
  }
  const samples = published.flatMap(({ event }) => {
    const { samples: all = [] } = (event.payload?.value ?? {}) as { samples?: unknown[] };
    return all.map((_, index) => `${event.id} ${index}`);
  });
  const kept = await rows<{ name: string }>(
    "SELECT concat(toString(event_id), ' ', toString(sample_no)) AS name FROM meter_samples FINAL",
  );
  const found = kept.map(({ name }) => name);
  verdicts.push(verdictOf({ source: 'meter_samples: every value once' }, sameSet(samples, found)));
  for (const [table, kind] of [
    ['boots', 'boots'],
    ['connector_status', 'statuses'],
  ] as const) {
    const counted = await rows<{ cp_id: string; rows: number }>(
      `SELECT cp_id, toUInt32(count()) AS rows FROM ${table} FINAL GROUP BY cp_id`,
    );
    const by = new Map(counted.map((row) => [row.cp_id, row.rows]));
    for (const [cpId, counts] of recorder.counts) {
      const { acknowledged, unsure } = counts[kind];
      const has = by.get(cpId) ?? 0;
      const differs = has < acknowledged || has > acknowledged + unsure;
      const what = `${cpId}: ${has} rows, ${acknowledged} acknowledged and ${unsure} without an answer`;
      verdicts.push(verdictOf({ source: `${table}: as acknowledged`, cpId }, differs ? what : null));
    }
  }
  return verdicts;
}

function sameSet(expected: readonly string[], found: readonly string[]): string | null {
  const all = new Set(found);
  const missing = expected.filter((one) => !all.has(one)).length;
  const doubled = found.length - all.size;
  const foreign = all.size - (expected.length - missing);
  if (missing === 0 && doubled === 0 && foreign === 0) return null;
  return `of ${expected.length} are missing ${missing}, doubled ${doubled}, unknown ${foreign}`;
}
