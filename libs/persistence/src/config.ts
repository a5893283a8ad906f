import { z } from 'zod';

/** Configuration fragment of whoever opens a {@link Database}. */
export const databaseConfig = {
  EVEYS_OCPP_DB_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must be a URL such as postgresql://user:password@host:5432/database')
    .default('postgresql://eveys:eveys@localhost:5432/eveys_ocpp')
    .describe('Postgres connection URL'),
  EVEYS_OCPP_DB_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe(
      'This process opens at most this many Postgres connections. ws-edge and command-api open one more, which holds their leases',
    ),
};
