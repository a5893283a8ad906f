import { createInterface } from 'node:readline/promises';
import { ensureToken } from '@ocpp-gw/dev';
import { readContainers } from './containers.ts';
import { Compose, findEngine } from './engine.ts';
import { GATEWAY, OBSERVABILITY, composeSettings } from './files.ts';
import { openAddresses } from './addresses.ts';
import { smoke } from './smoke.ts';
import { untilReady } from './wait.ts';

const TOKENS = 'EVEYS_OCPP_REST_INBOUND_TOKENS';
const OBSERVERS = ['prometheus', 'grafana', 'otel-collector'];
const say = (line: string): void => console.log(line);

interface Session {
  compose: Compose;
  settings: NodeJS.ProcessEnv;
  token: string;
}

/** Both files: whatever runs of them is seen, and stopped. The token is that of `make get-token`. */
async function open(files: readonly string[] = [GATEWAY, OBSERVABILITY]): Promise<Session> {
  const engine = await findEngine();
  const given = composeSettings(process.env);
  const token = ensureToken(given);
  const settings = { ...given, [TOKENS]: given[TOKENS] || token };
  return { compose: new Compose(engine, files, settings), settings, token };
}

const listOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const containersOf = async (compose: Compose) => readContainers(await compose.read('ps', '--all', '--format', 'json'));

/** Builds what has no image yet, starts everything, waits until it is ready. */
export async function up(): Promise<boolean> {
  const { compose } = await open([GATEWAY]);
  return (await compose.show('build')) && (await compose.show('up', '--detach')) && wait();
}

export async function wait(): Promise<boolean> {
  const { compose, token } = await open([GATEWAY]);
  const services = listOf(await compose.read('config', '--services'));
  if (!(await untilReady({ services, containers: () => containersOf(compose), say }))) return false;
  const { websocket, plain, rest, grpc, backend } = await openAddresses(compose);
  say(`
Ready. Stop with: make compose-down

  chargers     ${websocket}/<cp_id>, ${plain}/<cp_id>   (ocpp1.6, ocpp2.0.1)
  REST         ${rest}   docs: ${rest}/docs
  gRPC         ${grpc}
  mock backend ${backend}/_/requests, ${backend}/_/webhooks
  token        ${token}
  try it       make compose-smoke; make grafana-up`);
  return true;
}

export async function status(): Promise<boolean> {
  const { compose } = await open();
  return compose.show('ps', '--all');
}

/** Containers and network go; volumes stay. */
export async function down(): Promise<boolean> {
  const { compose } = await open();
  return compose.show('down');
}

/** Volumes go, too, once somebody has said yes. */
export async function downVolumes(): Promise<boolean> {
  const { compose } = await open();
  if (
    await confirmed('This deletes all data of the containers: Postgres, Redis, Kafka, ClickHouse, certificates. Go on?')
  )
    return compose.show('down', '--volumes');
  say('nothing was deleted');
  return false;
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say(`${question} Nobody is here to ask: answer on a terminal.`);
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

export async function grafanaUp(): Promise<boolean> {
  const { compose } = await open();
  const started = await compose.show('up', '--detach', '--no-deps', ...OBSERVERS);
  if (!started || !(await untilReady({ services: OBSERVERS, containers: () => containersOf(compose), say })))
    return false;
  for (const [service, port] of [
    ['grafana', 3000],
    ['prometheus', 9090],
  ] as const)
    say(`${service.padEnd(11)} http://${(await compose.read('port', service, String(port))).trim()}`);
  return true;
}

export async function grafanaDown(): Promise<boolean> {
  const { compose } = await open();
  return compose.show('rm', '--stop', '--force', ...OBSERVERS);
}

/** A session of each version through Envoy, seen in REST, ClickHouse and the webhooks. */
export async function composeSmoke(): Promise<boolean> {
  const { compose, settings, token } = await open([GATEWAY]);
  return smoke({ compose, token, clickhousePassword: settings['OCPP_GW_CLICKHOUSE_PASSWORD'] || 'eveys', say });
}
