import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer } from '@ocpp-gw/kafka';
import { ServiceProcess } from '../service-process.ts';
import { migrate } from '../stack.ts';
import { Receiver } from './receiver.ts';
import { Wire } from './wire.ts';

/** Ingestor and dispatcher as processes of their own, on real engines, and everything they talk to. */
export interface Consumers {
  dataPlane: DataPlane;
  producer: EventProducer;
  /** Gets every event. */
  receiver: Receiver;
  clickhouse: ClickHouseClient;
  /** Between the consumers and their stores. */
  wires: { clickhouse: Wire; postgres: Wire };
  ingestor: ServiceProcess;
  dispatcher: ServiceProcess;
  /** Starts a second one of each. */
  another(): Promise<ServiceProcess[]>;
  stop(): Promise<void>;
}

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Starts everything, or leaves nothing behind. */
export async function startConsumers(): Promise<Consumers> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startAll(stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(stops: (() => Promise<unknown>)[]): Promise<Omit<Consumers, 'stop'>> {
  const kept = <T extends { stop(): Promise<unknown> }>(one: T): T => {
    stops.push(() => one.stop());
    return one;
  };
  const dataPlane = kept(await startDataPlane({ name: 'consumers', only: ['kafka', 'postgres', 'clickhouse'] }));
  const brokers = { EVEYS_OCPP_KAFKA_BROKERS: dataPlane.kafkaBrokers };
  await Promise.all([
    migrate('libs/persistence/dist/migrate.js', { EVEYS_OCPP_DB_URL: dataPlane.postgresUrl }),
    migrate('apps/clickhouse-ingestor/dist/migrate.js', { EVEYS_OCPP_CLICKHOUSE_URL: dataPlane.clickhouseUrl }),
    migrate('libs/kafka/dist/create-topics.js', { ...brokers, EVEYS_OCPP_KAFKA_PARTITIONS: '3' }),
  ]);
  const receiver = kept(await Receiver.start());
  const wires = {
    clickhouse: kept(await Wire.to(Number(new URL(dataPlane.clickhouseUrl).port))),
    postgres: kept(await Wire.to(Number(new URL(dataPlane.postgresUrl).port))),
  };
  const ingestorEnv = { ...brokers, EVEYS_OCPP_CLICKHOUSE_URL: through(wires.clickhouse, dataPlane.clickhouseUrl) };
  const dispatcherEnv = {
    ...brokers,
    EVEYS_OCPP_DB_URL: through(wires.postgres, dataPlane.postgresUrl),
    EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
    // A claim outlives its process by this and 15 s.
    EVEYS_OCPP_WEBHOOK_TIMEOUT_S: '1',
    EVEYS_OCPP_WEBHOOK_MAX_ATTEMPTS: '2',
    EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.1',
    EVEYS_OCPP_WEBHOOKS: JSON.stringify([{ name: 'customer', url: receiver.url, secrets: [SECRET], events: ['*'] }]),
  };
  const startBoth = async (): Promise<[ServiceProcess, ServiceProcess]> => [
    kept(await ServiceProcess.start('clickhouse-ingestor', ingestorEnv)),
    kept(await ServiceProcess.start('webhook-dispatcher', dispatcherEnv)),
  ];
  const [ingestor, dispatcher] = await startBoth();
  const producer = kept(new EventProducer({ brokers: [dataPlane.kafkaBrokers], clientId: 'e2e' }));
  const clickhouse = createClient({ url: dataPlane.clickhouseUrl, database: 'ocpp' });
  stops.push(() => clickhouse.close());
  return { dataPlane, producer, receiver, clickhouse, wires, ingestor, dispatcher, another: startBoth };
}

function through({ port }: Wire, url: string): string {
  const wired = new URL(url);
  wired.hostname = '127.0.0.1';
  wired.port = String(port);
  return wired.href;
}
