import { resolvePorts, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { prepareEngines, type Env } from '@ocpp-gw/rig';
import { ensureToken } from './access-token.ts';
import { keepInstance, settingsOfEngines, type Addresses } from './instance.ts';
import { startService } from './service-runner.ts';
import { LIVE_16, LIVE_201, devServices, liveChargers, type DevService } from './services.ts';
import { run, step } from './step.ts';

/** `make up`: engines, schema, services, mock backend, one session of each protocol; idempotent. */
export async function up(): Promise<boolean> {
  const startedAt = performance.now();
  const token = ensureToken(process.env);
  let plane: DataPlane | undefined;
  const ok =
    (await step('build', () => run('nx', ['run-many', '-t', 'build', '--output-style=static', '--parallel=2']))) &&
    (await step('engines: Postgres, Redis, Kafka, ClickHouse', async () => {
      plane = await startDataPlane({
        name: 'dev',
        ports: resolvePorts({}, process.env),
        report: (engine, message) => console.log(`  ${engine}: ${message}`),
      });
      return true;
    }));
  if (!ok || !plane) return false;
  const engines = settingsOfEngines(plane, process.env);
  const { services, addresses } = devServices(token, engines, process.env);
  keepInstance({ settings: engines, addresses });
  return (
    (await step('schema: Postgres migrations, ClickHouse DDL, Kafka topics', async () => {
      console.log(await prepareEngines({ ...process.env, ...engines } as Env));
      return true;
    })) &&
    (await step('services', () => startAll(services))) &&
    (await step('one session by a simulated charger of each protocol', () => sessions(addresses))) &&
    (await step('a charger of each protocol that stays', () => startAll(liveChargers(addresses, token)))) &&
    welcome(addresses, token, (performance.now() - startedAt) / 1000)
  );
}

async function startAll(services: readonly DevService[]): Promise<true> {
  await Promise.all(services.map(async (one) => console.log(`  ${one.name}: ${await startService(one)}`)));
  return true;
}

async function sessions(addresses: Addresses): Promise<boolean> {
  const simulate = (protocol: string, id: string): Promise<boolean> =>
    run(process.execPath, [
      '--conditions=@ocpp-gw/source',
      'tools/charger-sim/src/main.ts',
      ...[
        '--url',
        addresses.websocket,
        '--protocol',
        protocol,
        '--id',
        id,
        '--sessions',
        '1',
        '--meter-interval',
        '500ms',
        '--power',
        '150000',
      ],
    ]);
  const results = await Promise.all([simulate('1.6', 'DEMO-16'), simulate('2.0.1', 'DEMO-201')]);
  return results.every(Boolean);
}

function welcome({ websocket, rest, grpc, backend }: Addresses, token: string, seconds: number): true {
  console.log(`
Up after ${seconds.toFixed(0)} s. Stop with: make down

  chargers     ${websocket}/<cp_id>   (ocpp1.6, ocpp2.0.1)
  REST         ${rest}   docs: ${rest}/docs, ${rest}/redoc, ${rest}/openapi.json
  gRPC         ${grpc}
  mock backend ${backend}/_/requests, ${backend}/_/webhooks
  logs         .run/<service>/<service>.log
  token        ${token}

Try:

  curl -s -H "Authorization: Bearer ${token}" "${rest}/transactions?limit=2"

  curl -s -H "Authorization: Bearer ${token}" "${rest}/charge-points/${LIVE_201}"

  curl -s -X POST -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" \\
    -d '{"id_token":"TAG1","evse_id":1}' "${rest}/charge-points/${LIVE_16}/commands/remote-start"
`);
  return true;
}
