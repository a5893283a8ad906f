import { clickhouseConfig } from '@ocpp-gw/clickhouse';
import { webhookConfig } from '@ocpp-gw/contracts';
import { kafkaConfig } from '@ocpp-gw/kafka';
import { databaseConfig } from '@ocpp-gw/persistence';
import { redisConfig } from '@ocpp-gw/redis';
import { flag, port, seconds, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { INBOUND_TOKENS_PATTERN, parseInboundTokens } from './auth/tokens.ts';
import { restConfig } from './config-rest.ts';

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
  )
  .meta({ pattern: INBOUND_TOKENS_PATTERN });

export const configSchema = z.object({
  ...serviceConfig,
  ...databaseConfig,
  ...redisConfig,
  ...clickhouseConfig,
  ...webhookConfig,
  EVEYS_OCPP_KAFKA_BROKERS: kafkaConfig.EVEYS_OCPP_KAFKA_BROKERS,
  EVEYS_OCPP_REST_HOST: z.string().default('0.0.0.0').describe('REST listens on this address'),
  EVEYS_OCPP_REST_PORT: port().default(8080).describe('REST listens on this port'),
  EVEYS_OCPP_GRPC_HOST: z.string().default('0.0.0.0').describe('gRPC listens on this address'),
  EVEYS_OCPP_GRPC_PORT: port().default(50051).describe('gRPC listens on this port'),
  EVEYS_OCPP_REST_INBOUND_TOKENS: inboundTokens,
  EVEYS_OCPP_REST_OPENAPI_ENABLED: flag()
    .default(false)
    .describe('The API serves Swagger UI, ReDoc and openapi.json under /api/v1, without a token'),
  EVEYS_OCPP_EVENT_STREAMS_PER_CALLER: z.coerce
    .number({ error: 'must be a number of streams' })
    .int()
    .min(0)
    .max(10_000)
    .default(10)
    .describe('Event streams that one token may have open at one instance, REST and gRPC together'),
  EVEYS_OCPP_COMMANDS_RETENTION_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .int()
    .min(2)
    .max(3650)
    .default(90)
    .describe('Commands are kept for this many days'),
  EVEYS_OCPP_FINDINGS_INTERVAL_S: seconds()
    .default(15)
    .describe(
      'Time between two looks for what is wrong in the fleet, seconds; one instance of the API looks. 0: none does, and what is open stays as it is',
    ),
  EVEYS_OCPP_FINDINGS_WINDOW_MIN: z.coerce
    .number({ error: 'must be a number of minutes' })
    .int()
    .min(10)
    .max(1440)
    .default(60)
    .describe('A finding of the fleet ends when its latest occurrence is older than this, minutes'),
  ...restConfig,
  EVEYS_OCPP_REST_DRAIN_NOTICE_S: seconds()
    .default(2)
    .describe('After SIGTERM the API takes requests for this long, so that the load balancer can notice, seconds'),
});

export type Config = z.infer<typeof configSchema>;

export const env = process.env;
