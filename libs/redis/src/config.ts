import { z } from 'zod';

/** What a service that uses Redis reads. Spread into the app's own `z.object({...})`. */
export const redisConfig = {
  EVEYS_OCPP_REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be redis://host:port/db, or rediss:// for TLS' })
    .default('redis://localhost:6379/0')
    .describe('URL of Redis, which holds the online registry, the command bus and caches'),
};
