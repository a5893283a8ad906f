import { z } from 'zod';

/** What an origin looks like, for schemas: they cannot ask the parser of URLs. */
const ORIGIN = String.raw`^https?://([a-z0-9._-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$`;

const origin = z
  .string()
  .refine(isOrigin, {
    error: ({ input }) => `${JSON.stringify(input)} is no origin such as https://app.example.com, without a path`,
  })
  .meta({ pattern: ORIGIN });

const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  )
  .pipe(z.array(origin));

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** What callers of REST may do, besides what their tokens allow. */
export const restConfig = {
  EVEYS_OCPP_REST_RATE_LIMIT_PER_MINUTE: z.coerce
    .number({ error: 'must be a whole number' })
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('Each instance of the API takes this many requests a minute by one token; 0 sets no limit'),
  EVEYS_OCPP_REST_CORS_ORIGINS: origins.describe(
    'Browsers may call the API from pages of these origins, comma-separated; empty: from no page of another origin',
  ),
};
