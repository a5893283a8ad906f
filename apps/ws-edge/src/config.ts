import { kafkaConfig } from '@ocpp-gw/kafka';
import { databaseConfig } from '@ocpp-gw/persistence';
import { redisConfig } from '@ocpp-gw/redis';
import { seconds, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { backendConfig } from './config-backend.ts';
import { certificatesConfig } from './config-certificates.ts';
import { serverConfig } from './config-server.ts';
import { sessionConfig } from './config-session.ts';
import { tlsConfig, tlsProblems } from './config-tls.ts';
import { dataTransferRegistrations } from './data-transfer/registrations.ts';

const decisions = {
  EVEYS_OCPP_CONCURRENT_TRANSACTIONS: z
    .enum(['allow', 'refuse'])
    .default('allow')
    .describe(
      'What happens when an id token that already charges elsewhere starts a transaction: allow follows the backend, refuse answers ConcurrentTx',
    ),
  EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S: seconds()
    .min(1)
    .default(86_400)
    .describe(
      'A suspect transaction (its charge point booted, or its connector became Available) ends by inference when nothing is heard of it for this long, seconds',
    ),
  EVEYS_OCPP_DATA_TRANSFERS: dataTransferRegistrations.describe(
    'Vendors whose DataTransfer is taken, JSON [{"vendor_id","message_ids"?,"answer"?}]; answer: accept (default), or backend to ask it',
  ),
};

const drain = {
  EVEYS_OCPP_WS_DRAIN_LB_S: seconds()
    .default(5)
    .describe(
      'After SIGTERM the gateway accepts connections for this long, so that the load balancer can notice, seconds',
    ),
  EVEYS_OCPP_WS_DRAIN_WINDOW_S: seconds()
    .default(12)
    .describe(
      'Then the gateway closes its connections spread over this time, so that the charge points do not reconnect all at once, seconds',
    ),
};

/** Time that the drain needs besides its two settings, for closing handshakes, registry entries and relays. */
const DRAIN_REST_S = 10;

export const configSchema = z
  .object({
    ...serviceConfig,
    ...databaseConfig,
    ...redisConfig,
    ...kafkaConfig,
    ...serverConfig,
    ...tlsConfig,
    ...sessionConfig,
    ...backendConfig,
    ...certificatesConfig,
    ...decisions,
    ...drain,
  })
  .superRefine((config, context) => {
    for (const { variable, message } of tlsProblems(config))
      context.addIssue({ code: 'custom', path: [variable], message });
    const needed = config.EVEYS_OCPP_WS_DRAIN_LB_S + config.EVEYS_OCPP_WS_DRAIN_WINDOW_S + DRAIN_REST_S;
    if (needed <= config.EVEYS_OCPP_DRAIN_TIMEOUT_S) return;
    context.addIssue({
      code: 'custom',
      path: ['EVEYS_OCPP_DRAIN_TIMEOUT_S'],
      message:
        `must be at least ${needed}: EVEYS_OCPP_WS_DRAIN_LB_S + EVEYS_OCPP_WS_DRAIN_WINDOW_S + ` +
        `${DRAIN_REST_S} s for the rest`,
    });
  });

export type Config = z.infer<typeof configSchema>;

export const env = process.env;
