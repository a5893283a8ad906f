import type { Compose } from './engine.ts';

/** Where this machine reaches the containers. */
export interface Addresses {
  /** wss:// of Envoy. */
  websocket: string;
  /** ws:// of Envoy. */
  plain: string;
  rest: string;
  grpc: string;
  clickhouse: string;
  backend: string;
}

/** Asks the engine: the ports may have been moved by variables. */
export async function openAddresses(compose: Pick<Compose, 'read'>): Promise<Addresses> {
  // An address that stands for all of them is none to connect to.
  const at = async (service: string, port: number): Promise<string> =>
    (await compose.read('port', service, String(port)))
      .trim()
      .replace(/^(0\.0\.0\.0|\[::\]|127\.0\.0\.1):/, 'localhost:');
  return {
    websocket: `wss://${await at('envoy', 9443)}`,
    plain: `ws://${await at('envoy', 9000)}`,
    rest: `http://${await at('command-api', 8080)}/api/v1`,
    grpc: await at('command-api', 50051),
    clickhouse: `http://${await at('clickhouse', 8123)}`,
    backend: `http://${await at('mock-backend', 9200)}`,
  };
}
