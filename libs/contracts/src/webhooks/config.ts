import { z } from 'zod';

/** What the apps that manage and that deliver webhooks both read. Spread into the app's own `z.object({...})`. */
export const webhookConfig = {
  EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: z
    .stringbool({ error: 'must be true or false' })
    .default(false)
    .describe('Webhooks may go to private, loopback and link-local addresses; only for development'),
  EVEYS_OCPP_WEBHOOK_SECRET_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64: make it with openssl rand -base64 32')
    .optional()
    .describe(
      'Key that encrypts the secrets of webhooks in Postgres, 32 bytes in base64, the same in command-api and webhook-dispatcher. ' +
        'Without it new secrets are stored as text',
    ),
};
