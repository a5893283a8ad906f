import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventProducer } from '@ocpp-gw/kafka';
import { ServiceProcess, TcpProxy, startTogether } from '@ocpp-gw/rig';
import { engineSettings, prepareEngines } from '@ocpp-gw/rig/settings';
import { Receiver } from './receiver.ts';

/** Ingestor and dispatcher as processes of their own, on real engines, and everything they talk to. */
export interface Consumers {
  dataPlane: DataPlane;
  producer: EventProducer;
  /** Gets every event. */
  receiver: Receiver;
  clickhouse: ClickHouseClient;
  /** Between the consumers and their stores. */
  wires: { clickhouse: TcpProxy; postgres: TcpProxy };
  ingestor: ServiceProcess;
  dispatcher: ServiceProcess;
  /** Starts a second one of each. */
  another(): Promise<ServiceProcess[]>;
  stop(): Promise<void>;
}

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Starts everything, or leaves nothing behind. */
export function startConsumers(): Promise<Consumers> {
  return startTogether(async (started) => {
    const dataPlane = await started.keep(
      startDataPlane({ name: 'consumers', only: ['kafka', 'postgres', 'clickhouse'] }),
    );
    const engines = engineSettings(dataPlane);
    await prepareEngines({ ...engines, EVEYS_OCPP_KAFKA_PARTITIONS: '3' });
    const receiver = await started.keep(Receiver.start());
    const wires = {
      clickhouse: await started.keep(TcpProxy.to(Number(new URL(dataPlane.clickhouseUrl).port))),
      postgres: await started.keep(TcpProxy.to(Number(new URL(dataPlane.postgresUrl).port))),
    };
    const { directory } = dataPlane;
    const ingestorEnv = { ...engines, EVEYS_OCPP_CLICKHOUSE_URL: through(wires.clickhouse, dataPlane.clickhouseUrl) };
    const dispatcherEnv = {
      ...engines,
      EVEYS_OCPP_DB_URL: through(wires.postgres, dataPlane.postgresUrl),
      EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
      // A claim outlives its process by this and 15 s.
      EVEYS_OCPP_WEBHOOK_TIMEOUT_S: '1',
      EVEYS_OCPP_WEBHOOK_MAX_ATTEMPTS: '2',
      EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.1',
      EVEYS_OCPP_WEBHOOKS: JSON.stringify([{ name: 'customer', url: receiver.url, secrets: [SECRET], events: ['*'] }]),
    };
    const startBoth = async (): Promise<[ServiceProcess, ServiceProcess]> => [
      await started.keep(ServiceProcess.startApp({ app: 'clickhouse-ingestor', env: ingestorEnv, directory })),
      await started.keep(ServiceProcess.startApp({ app: 'webhook-dispatcher', env: dispatcherEnv, directory })),
    ];
    const [ingestor, dispatcher] = await startBoth();
    const producer = await started.keep(new EventProducer({ brokers: [dataPlane.kafkaBrokers], clientId: 'e2e' }));
    const clickhouse = createClient({ url: dataPlane.clickhouseUrl, database: 'ocpp' });
    started.onStop(() => clickhouse.close());
    return { dataPlane, producer, receiver, clickhouse, wires, ingestor, dispatcher, another: startBoth };
  });
}

function through({ port }: TcpProxy, url: string): string {
  const wired = new URL(url);
  wired.hostname = '127.0.0.1';
  wired.port = String(port);
  return wired.href;
}
