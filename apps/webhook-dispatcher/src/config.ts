import { webhookConfig } from '@ocpp-gw/contracts';
import { isPublicAddress, literalAddress } from '@ocpp-gw/egress';
import { kafkaConfig } from '@ocpp-gw/kafka';
import { databaseConfig } from '@ocpp-gw/persistence';
import { ConfigError, seconds, serviceConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { subscriptionsVariable } from './subscriptions/declaration.ts';

export const configSchema = z.object({
  ...serviceConfig,
  ...kafkaConfig,
  ...databaseConfig,
  ...webhookConfig,
  EVEYS_OCPP_WEBHOOKS: subscriptionsVariable.describe(
    'Webhook subscriptions besides those that are managed over REST, a JSON array: [{"name": "billing", "url": "https://...", "secrets": ["whsec_..."], ' +
      '"events": ["tx.*", "cp.boot"], "ordered": true}]; two secrets while rotating',
  ),
  EVEYS_OCPP_WEBHOOK_TIMEOUT_S: seconds()
    .min(0.1, 'must be at least 0.1')
    .max(60, 'must be at most 60')
    .default(15)
    .describe('An attempt fails when the receiver does not answer within this time, seconds'),
  EVEYS_OCPP_WEBHOOK_CONCURRENCY: z.coerce
    .number({ error: 'must be a number of attempts' })
    .int()
    .min(1)
    .max(256)
    .default(8)
    .describe('The dispatcher makes at most this many attempts of one subscription at once'),
  EVEYS_OCPP_WEBHOOK_MAX_ATTEMPTS: z.coerce
    .number({ error: 'must be a number of attempts' })
    .int()
    .min(1)
    .max(20)
    .default(10)
    .describe('A delivery becomes a dead letter after this many failed attempts'),
  EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: seconds()
    .max(3600, 'must be at most 3600')
    .default(5)
    .describe(
      'The dispatcher waits at most this long before the second attempt, and four times as long before each further one, seconds',
    ),
});

export type Config = z.infer<typeof configSchema>;

/**
 * Checks what no single variable shows. Names are checked when they are resolved; an address in the URL is checked at boot.
 * @throws ConfigError naming the subscription.
 */
export function checkTargets(config: Config): void {
  if (config.EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS) return;
  const problems = config.EVEYS_OCPP_WEBHOOKS.flatMap(({ url }, index) => {
    const address = literalAddress(new URL(url).hostname);
    return address && !isPublicAddress(address)
      ? [
          `EVEYS_OCPP_WEBHOOKS at ${index}.url: ${address} is no public address; ` +
            'set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS=true to allow private targets',
        ]
      : [];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

export const env = process.env;
