import { ClickHouseLogLevel } from '@clickhouse/client';
import { kafkaConfig } from '@ocpp-gw/kafka';
import { port, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';

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
  EVEYS_OCPP_CLICKHOUSE_PORT: port()
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

export const clickhouseSchema = z.object(clickhouseConfig);

export const configSchema = z.object({
  ...serviceConfig,
  ...kafkaConfig,
  ...clickhouseConfig,
  EVEYS_OCPP_INGESTOR_BATCH_MAX_ROWS: z.coerce
    .number({ error: 'must be a number of rows' })
    .int()
    .min(1)
    .max(1_000_000)
    .default(50_000)
    .describe('A batch is inserted as soon as it has this many rows'),
  EVEYS_OCPP_INGESTOR_BATCH_MAX_AGE_MS: z.coerce
    .number({ error: 'must be a number of milliseconds' })
    .int()
    .min(1)
    .max(60_000)
    .default(1000)
    .describe('A batch is inserted when its first row is this old, milliseconds'),
});

export type Config = z.infer<typeof configSchema>;

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

export function clickhouseTarget(config: z.infer<typeof clickhouseSchema>): ClickHouseTarget {
  return {
    url:
      config.EVEYS_OCPP_CLICKHOUSE_URL ??
      `http://${config.EVEYS_OCPP_CLICKHOUSE_HOST}:${config.EVEYS_OCPP_CLICKHOUSE_PORT}`,
    database: config.EVEYS_OCPP_CLICKHOUSE_DATABASE,
    username: config.EVEYS_OCPP_CLICKHOUSE_USERNAME,
    password: config.EVEYS_OCPP_CLICKHOUSE_PASSWORD,
    application: 'clickhouse-ingestor',
    log: { level: ClickHouseLogLevel.OFF },
  };
}

export const env = process.env;
