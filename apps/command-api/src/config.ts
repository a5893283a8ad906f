import { databaseConfig } from '@ocpp-gw/persistence';
import { redisConfig } from '@ocpp-gw/redis';
import { flag, port, seconds, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { parseInboundTokens } from './auth/tokens.ts';

const inboundTokens = z
  .string()
  .default('')
  .transform((text, context) => {
    const parsed = parseInboundTokens(text);
    if (parsed.ok) return parsed.tokens;
    for (const message of parsed.faults) context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .describe(
    'Bearer tokens for REST and gRPC, comma-separated: "token" (may do everything) or "name:scope+scope:token" with ' +
      'scopes read, command, admin. Empty: every request is refused',
  );

const clickhouseConfig = {
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

export const configSchema = z.object({
  ...serviceConfig,
  ...databaseConfig,
  ...redisConfig,
  ...clickhouseConfig,
  EVEYS_OCPP_REST_HOST: z.string().default('0.0.0.0').describe('REST listens on this address'),
  EVEYS_OCPP_REST_PORT: port().default(8080).describe('REST listens on this port'),
  EVEYS_OCPP_GRPC_HOST: z.string().default('0.0.0.0').describe('gRPC listens on this address'),
  EVEYS_OCPP_GRPC_PORT: port().default(50051).describe('gRPC listens on this port'),
  EVEYS_OCPP_REST_INBOUND_TOKENS: inboundTokens,
  EVEYS_OCPP_REST_OPENAPI_ENABLED: flag()
    .default(false)
    .describe('The API serves Swagger UI, ReDoc and openapi.json under /api/v1, without a token'),
  EVEYS_OCPP_REST_DRAIN_NOTICE_S: seconds()
    .default(2)
    .describe('After SIGTERM the API takes requests for this long, so that the load balancer can notice, seconds'),
});

export type Config = z.infer<typeof configSchema>;

export const env = process.env;
