import { z } from 'zod';

const origins = z
  .string()
  .default('')
  .transform((text, context) => {
    const listed = text.split(',').map((each) => each.trim());
    const given = listed.filter((each) => each !== '');
    for (const each of given)
      if (!isOrigin(each))
        context.addIssue({
          code: 'custom',
          message: `${JSON.stringify(each)} is no origin such as https://app.example.com, without a path`,
        });
    return new Set(given);
  });

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
