import { ClickHouseLogLevel } from '@clickhouse/client';
import { z } from 'zod';
import type { Cluster } from './cluster/on-cluster.ts';

/** Address of ClickHouse. */
export const clickhouseConfig = {
  EVEYS_OCPP_CLICKHOUSE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/]+/, 'must be a URL such as http://localhost:8123')
    .optional()
    .describe('URL of the ClickHouse HTTP interface. Without it the gateway uses EVEYS_OCPP_CLICKHOUSE_HOST and _PORT'),
  EVEYS_OCPP_CLICKHOUSE_HOST: z
    .string()
    .min(1)
    .default('localhost')
    .describe('ClickHouse host; EVEYS_OCPP_CLICKHOUSE_URL overrides it'),
  EVEYS_OCPP_CLICKHOUSE_PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int()
    .min(0)
    .max(65_535)
    .default(8123)
    .describe('ClickHouse HTTP port; EVEYS_OCPP_CLICKHOUSE_URL overrides it'),
  EVEYS_OCPP_CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^\w+$/, 'must consist of letters, digits and underscores')
    .default('ocpp')
    .describe('ClickHouse database of all tables and views. The migration creates it'),
  EVEYS_OCPP_CLICKHOUSE_USERNAME: z.string().default('default').describe('ClickHouse user'),
  EVEYS_OCPP_CLICKHOUSE_PASSWORD: z.string().default('').describe('ClickHouse password'),
};

/** What only the migration reads. */
export const clickhouseMigrationConfig = {
  EVEYS_OCPP_CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^(\w+|\{\w+\})$/, 'must be the name of a cluster, or a macro such as {cluster}')
    .optional()
    .describe(
      'Name of the cluster in remote_servers, or a macro such as {cluster}. With it the migration makes every table on all servers, with replicas. Without it there is one server',
    ),
  EVEYS_OCPP_CLICKHOUSE_REPLICA_PATH: z
    .string()
    .regex(/^\/[\w/{}.-]+$/, 'must be a path that begins with /, with macros in braces')
    .default('/clickhouse/tables/{uuid}/{shard}')
    .describe('Path of a table in Keeper, with macros. Only with EVEYS_OCPP_CLICKHOUSE_CLUSTER'),
  EVEYS_OCPP_CLICKHOUSE_MESSAGES_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('ClickHouse keeps recorded frames (table messages) for this many days'),
};

export const clickhouseSchema = z.object(clickhouseConfig);

export const clickhouseMigrationSchema = z.object({ ...clickhouseConfig, ...clickhouseMigrationConfig });

/** Undefined: there is one server. */
export function clickhouseCluster(config: z.infer<typeof clickhouseMigrationSchema>): Cluster | undefined {
  const name = config.EVEYS_OCPP_CLICKHOUSE_CLUSTER;
  return name === undefined ? undefined : { name, replicaPath: config.EVEYS_OCPP_CLICKHOUSE_REPLICA_PATH };
}

/** Options with which `createClient` reaches the tables. */
export interface ClickHouseTarget {
  url: string;
  database: string;
  username: string;
  password: string;
  application: string;
  /** Off, because the client logs to the console in its own format, and its errors are thrown anyway. */
  log: { level: ClickHouseLogLevel };
}

/** `application`: who asks, as ClickHouse shows it. */
export function clickhouseTarget(config: z.infer<typeof clickhouseSchema>, application: string): ClickHouseTarget {
  return {
    url:
      config.EVEYS_OCPP_CLICKHOUSE_URL ??
      `http://${config.EVEYS_OCPP_CLICKHOUSE_HOST}:${config.EVEYS_OCPP_CLICKHOUSE_PORT}`,
    database: config.EVEYS_OCPP_CLICKHOUSE_DATABASE,
    username: config.EVEYS_OCPP_CLICKHOUSE_USERNAME,
    password: config.EVEYS_OCPP_CLICKHOUSE_PASSWORD,
    application,
    log: { level: ClickHouseLogLevel.OFF },
  };
}
