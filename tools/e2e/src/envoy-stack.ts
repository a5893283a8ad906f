import { startMockBackend } from '@ocpp-gw/mock-backend';
import { startGateway, startTogether, type Edge, type Envoy } from '@ocpp-gw/rig';
import type { Authority, TlsFiles } from '@ocpp-gw/testing';
import { Client } from 'pg';
import { BACKEND_TOKEN, TOKEN } from './stack.ts';

/**
 * Envoy before two ws-edge, which let nobody else in. Postgres, Redis and command-api: nothing here is about what leaves the
 * gateway, so Kafka stays away and the outbox keeps the events.
 */
export interface EnvoyStack {
  envoy: Envoy;
  pods: readonly Edge[];
  /** http://host:port/api/v1 */
  rest: string;
  database: Client;
  ca: Authority;
  /** Certificates and the rendered configuration. */
  folder: string;
  stop(): Promise<void>;
}

/** Starts everything, or leaves nothing behind. */
export function startEnvoyStack(): Promise<EnvoyStack> {
  return startTogether(async (started) => {
    const backend = await started.keep(startMockBackend({ host: '127.0.0.1', port: 0, token: BACKEND_TOKEN }));
    const gateway = await started.keep(
      startGateway({
        name: 'e2e-envoy',
        backend: { url: backend.url, token: BACKEND_TOKEN, webhookSecret: '', events: [] },
        token: TOKEN,
        edges: 2,
        others: ['command-api'],
        engines: ['postgres', 'redis'],
        tls: 'envoy',
        env: { EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1' },
        envOf: {
          'ws-edge': {
            EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'false',
            EVEYS_OCPP_WS_DRAIN_LB_S: '1.5',
            EVEYS_OCPP_WS_DRAIN_WINDOW_S: '2',
          },
        },
      }),
    );
    const database = new Client({ connectionString: gateway.dataPlane.postgresUrl });
    await database.connect();
    started.onStop(() => database.end());
    const { ca, folder } = gateway.tls as TlsFiles;
    return { envoy: gateway.envoy as Envoy, pods: gateway.edges, rest: gateway.rest, database, ca, folder };
  });
}
