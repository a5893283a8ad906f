import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { findRunning, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer } from '@ocpp-gw/kafka';
import { ServiceProcess, startTogether } from '@ocpp-gw/rig';
import { argsOf, engineSettings, prepareEngines } from '@ocpp-gw/rig/settings';
import { secondsOf, spentBy, type Spent } from '../cpu/cpu-meter.ts';
import { summarise, type Summary } from '../statistics.ts';
import { SAMPLES_OF_EVENT, meterEvent, messageOf } from './meter-events.ts';
import type { IngestOptions } from './options.ts';

export interface Ingested {
  samples: number;
  /** From the start of the process until the last sample can be queried. */
  seconds: number;
  /** Seconds of CPU by process, the start of the ingestor among them. */
  spent: Spent;
  /** Milliseconds from the send of an event until it can be queried; absent when it was not measured. */
  freshness: Summary | undefined;
}

const WARM_UP_SAMPLES = 70_000;
const EVENTS_OF_SEND = 2_000;
const POLL_MS = 50;
/** Between two single events; no divisor of the age of a batch, so that they meet it at every phase. */
const EVENT_EVERY_MS = 87;
const FRESHNESS_POLL_MS = 10;

type Say = (what: string) => void;

/** Kafka and ClickHouse of its own, and the ingestor as it was built. */
export async function measureIngest(options: IngestOptions, say: Say): Promise<Ingested> {
  const bench = await startBench(options);
  try {
    return await measure(bench, options, say);
  } finally {
    await bench.stop();
  }
}

interface Bench {
  plane: DataPlane;
  client: ClickHouseClient;
  producer: EventProducer;
  ingestor: ServiceProcess;
}

function startBench({ profile }: IngestOptions): Promise<Bench & { stop(): Promise<void> }> {
  return startTogether(async (started) => {
    const plane = await started.keep(
      startDataPlane({ name: 'bench-ingest', ports: 'random', only: ['kafka', 'clickhouse'] }),
    );
    const engines = engineSettings(plane);
    await prepareEngines(engines);
    const client = createClient({ url: plane.clickhouseUrl, database: 'ocpp' });
    started.onStop(() => client.close());
    const producer = new EventProducer({ brokers: [plane.kafkaBrokers], clientId: 'bench-ingest' });
    started.onStop(() => producer.stop());
    const app = 'clickhouse-ingestor';
    const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`] : [];
    const ingestor = await started.keep(
      ServiceProcess.startApp({ app, args: [...profiling, ...argsOf(app)], env: engines, directory: plane.directory }),
    );
    return { plane, client, producer, ingestor };
  });
}

async function measure(bench: Bench, options: IngestOptions, say: Say): Promise<Ingested> {
  const { plane, client, producer, ingestor } = bench;
  say('warming up');
  await fill(producer, 'WARM', WARM_UP_SAMPLES, options.chargers);
  await untilStored(client, 'WARM', WARM_UP_SAMPLES);
  await ingestor.stop();
  const samples = Math.floor(options.samples / SAMPLES_OF_EVENT) * SAMPLES_OF_EVENT;
  say(`filling Kafka with ${samples} samples`);
  await fill(producer, 'BENCH', samples, options.chargers);
  say('ingesting');
  const pid = async (name: string): Promise<number> => (await findRunning(join(plane.directory, name)))?.pid ?? 0;
  const watched = { kafka: await pid('kafka'), clickhouse: await pid('clickhouse') };
  const { result, spent, seconds } = await spentBy(watched, async () => {
    await ingestor.launch();
    await untilStored(client, 'BENCH', samples);
    return secondsOf(ingestor.pid);
  });
  const freshness = options.freshness > 0 ? await measureFreshness(bench, options.freshness, say) : undefined;
  return { samples, seconds, spent: { 'clickhouse-ingestor': result, ...spent }, freshness };
}

async function fill(producer: EventProducer, prefix: string, samples: number, chargers: number): Promise<void> {
  const events = samples / SAMPLES_OF_EVENT;
  const from = Date.now() - Math.ceil(events / chargers) * 60_000;
  for (let start = 0; start < events; start += EVENTS_OF_SEND) {
    const messages = Array.from({ length: Math.min(EVENTS_OF_SEND, events - start) }, (_, index) => {
      const n = Math.floor((start + index) / chargers);
      return messageOf(meterEvent(`${prefix}-${(start + index) % chargers}`, n, new Date(from + n * 60_000)));
    });
    await producer.send(messages);
  }
}

async function stored(client: ClickHouseClient, prefix: string): Promise<number> {
  const query = 'SELECT count() AS n FROM meter_samples WHERE startsWith(cp_id, {prefix:String})';
  const result = await client.query({ query, query_params: { prefix }, format: 'JSONEachRow' });
  return Number((await result.json<{ n: string }>())[0]?.n);
}

async function untilStored(client: ClickHouseClient, prefix: string, samples: number): Promise<void> {
  for (;;) {
    const found = await stored(client, prefix);
    if (found > samples) throw new Error(`${found} samples are stored instead of ${samples}`);
    if (found === samples) return;
    await sleep(POLL_MS);
  }
}

/** Sends events one by one, and asks again and again which can be queried. */
async function measureFreshness({ client, producer }: Bench, seconds: number, say: Say): Promise<Summary> {
  say('sending single events');
  const ages: number[] = [];
  const sent = new Map<string, number>();
  const sending = (async () => {
    for (let n = 0; n * EVENT_EVERY_MS < seconds * 1000; n += 1) {
      const cpId = `FRESH-${n}`;
      sent.set(cpId, performance.now());
      await producer.send([messageOf(meterEvent(cpId, n, new Date()))]);
      await sleep(EVENT_EVERY_MS);
    }
  })();
  let all = false;
  void sending.finally(() => (all = true));
  while (!all || sent.size > 0) {
    for (const cpId of await seen(client, [...sent.keys()])) {
      ages.push(performance.now() - (sent.get(cpId) ?? NaN));
      sent.delete(cpId);
    }
    await sleep(FRESHNESS_POLL_MS);
  }
  await sending;
  return summarise(ages);
}

async function seen(client: ClickHouseClient, ids: readonly string[]): Promise<string[]> {
  const query = 'SELECT DISTINCT cp_id FROM meter_samples WHERE cp_id IN {ids:Array(String)}';
  const result = await client.query({ query, query_params: { ids }, format: 'JSONEachRow' });
  return (await result.json<{ cp_id: string }>()).map(({ cp_id }) => cp_id);
}
