export const TOKEN = 'bench-token';

export const SERVICES = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;
export type Service = (typeof SERVICES)[number];

export interface Addresses {
  engines: { postgresUrl: string; redisUrl: string; kafkaBrokers: string; clickhouseUrl: string };
  ports: { websocket: number; rest: number; grpc: number; metrics: Readonly<Record<Service, number>> };
  backendUrl: string;
}

type Environment = Record<string, string>;

/** What finds the engines. */
export function engineEnvironment({ engines }: Pick<Addresses, 'engines'>): Environment {
  return {
    EVEYS_OCPP_DB_URL: engines.postgresUrl,
    EVEYS_OCPP_REDIS_URL: engines.redisUrl,
    EVEYS_OCPP_KAFKA_BROKERS: engines.kafkaBrokers,
    EVEYS_OCPP_CLICKHOUSE_URL: engines.clickhouseUrl,
  };
}

/** As deployed, with everything on, but for what keeps chargers from coming all at once and never pausing. */
export function environmentOf(service: Service, addresses: Addresses): Environment {
  return {
    ...engineEnvironment(addresses),
    EVEYS_OCPP_METRICS_HOST: '127.0.0.1',
    EVEYS_OCPP_METRICS_PORT: String(addresses.ports.metrics[service]),
    ...OWN[service](addresses),
  };
}

const OWN: Record<Service, (addresses: Addresses) => Environment> = {
  'ws-edge': ({ ports, backendUrl }) => ({
    EVEYS_OCPP_WS_HOST: '127.0.0.1',
    EVEYS_OCPP_WS_PORT: String(ports.websocket),
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    EVEYS_OCPP_WS_RATE_PER_S: '100000',
    EVEYS_OCPP_WS_RATE_BURST: '100000',
    EVEYS_OCPP_WS_ADMIT_BURST: '100000',
    EVEYS_OCPP_BACKEND_BASE_URL: backendUrl,
    EVEYS_OCPP_BACKEND_TOKEN: 'dev-token',
  }),
  'command-api': ({ ports }) => ({
    EVEYS_OCPP_REST_HOST: '127.0.0.1',
    EVEYS_OCPP_REST_PORT: String(ports.rest),
    EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
    EVEYS_OCPP_GRPC_PORT: String(ports.grpc),
    EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN,
  }),
  'clickhouse-ingestor': () => ({}),
  'webhook-dispatcher': ({ backendUrl }) => ({
    EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
    EVEYS_OCPP_WEBHOOKS: JSON.stringify([
      {
        name: 'bench',
        url: `${backendUrl}/webhooks`,
        // The mock backend's own, public on purpose.
        secrets: ['whsec_ZGV2LW9ubHktd2ViaG9vay1zZWNyZXQtMzItYnl0ZXM='],
        // What a backend subscribes to: the sessions, not each meter value.
        events: ['tx.started', 'tx.ended'],
      },
    ]),
  }),
};
