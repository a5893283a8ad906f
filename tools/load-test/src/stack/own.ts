import { startWatchedGateway, TOKEN } from '@ocpp-gw/bench';
import { readPostgres } from '@ocpp-gw/chaos';
import type { Stack } from './stack.ts';

export interface OwnStackOptions {
  edges: number;
  /** What the webhooks of the backend are subscribed to. */
  events: readonly string[];
  /** More settings of every service. */
  env: Readonly<Record<string, string>>;
  profile?: string;
}

/** The gateway as built, with its own settings, on real engines of this machine. */
export async function startOwnStack(options: OwnStackOptions): Promise<Stack> {
  const gateway = await startWatchedGateway({ name: 'load-test', ...options });
  return {
    urls: gateway.edges.map(({ port }) => `ws://127.0.0.1:${port}`),
    rest: gateway.rest,
    token: TOKEN,
    watched: () => gateway.watched(),
    killEdge: () => {
      const edge = gateway.edges.at(-1);
      if (!edge) throw new Error('there is no ws-edge');
      const gone = edge.process.stop('SIGKILL');
      return {
        name: edge.name,
        async again() {
          await gone;
          await edge.process.launch();
        },
      };
    },
    hasEvents: true,
    readKept: () => readPostgres(gateway.postgresUrl),
    stop: () => gateway.stop(),
  };
}
