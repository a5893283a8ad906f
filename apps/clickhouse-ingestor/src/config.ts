import { clickhouseConfig, clickhouseMigrationConfig } from '@ocpp-gw/clickhouse';
import { kafkaConfig } from '@ocpp-gw/kafka';
import { serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';

export const configSchema = z.object({
  ...serviceConfig,
  ...kafkaConfig,
  ...clickhouseConfig,
  ...clickhouseMigrationConfig,
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
    .default(1_000)
    .describe(
      'Events gather this long before they are fetched and their rows are inserted together, milliseconds. A backlog does not wait',
    ),
});

export type Config = z.infer<typeof configSchema>;

export const env = process.env;
