import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DataPlane, EngineName } from '@ocpp-gw/data-plane';
import { IN_CHECKOUT, type Build } from './repository.ts';

export type Env = Readonly<Record<string, string>>;

const VARIABLES: Record<EngineName, (plane: DataPlane) => [string, string]> = {
  postgres: (plane) => ['EVEYS_OCPP_DB_URL', plane.postgresUrl],
  redis: (plane) => ['EVEYS_OCPP_REDIS_URL', plane.redisUrl],
  kafka: (plane) => ['EVEYS_OCPP_KAFKA_BROKERS', plane.kafkaBrokers],
  clickhouse: (plane) => ['EVEYS_OCPP_CLICKHOUSE_URL', plane.clickhouseUrl],
};

/** What a service needs to find the engines that this data plane has. */
export function engineSettings(plane: DataPlane): Env {
  return Object.fromEntries((Object.keys(plane.ports) as EngineName[]).map((name) => VARIABLES[name](plane)));
}

const SCRIPTS: Partial<Record<string, string>> = {
  EVEYS_OCPP_DB_URL: 'libs/persistence/dist/migrate.js',
  EVEYS_OCPP_CLICKHOUSE_URL: 'apps/clickhouse-ingestor/dist/migrate.js',
  EVEYS_OCPP_KAFKA_BROKERS: 'libs/kafka/dist/create-topics.js',
};

/** Postgres migrations, ClickHouse DDL and Kafka topics, of the engines that `env` names. @returns what the scripts print */
export async function prepareEngines(env: Env, build: Build = IN_CHECKOUT): Promise<string> {
  const scripts = Object.keys(env).flatMap((variable) => SCRIPTS[variable] ?? []);
  return (await Promise.all(scripts.map((script) => runBuilt(script, [], env, build)))).join('');
}

/** Runs a built script to its end, with these settings alone. @returns what it prints @throws Error with its output */
export async function runBuilt(
  script: string,
  args: readonly string[],
  env: Env,
  build: Build = IN_CHECKOUT,
): Promise<string> {
  const options = { env: { PATH: process.env['PATH'], ...env } };
  return (await promisify(execFile)(process.execPath, [build(script), ...args], options)).stdout;
}
