import { z } from 'zod';
import { toJsonSchema } from './json-schema.ts';

const health = z.object({ status: z.literal('ok').describe('The process runs') }).meta({ id: 'Health' });

const readiness = z
  .object({
    status: z
      .enum(['ready', 'starting', 'draining', 'unavailable'])
      .describe('Whether this instance takes requests, and if not, why'),
    checks: z
      .record(z.string(), z.string())
      .describe('For each dependency `ok`, or why it is unavailable')
      .meta({ examples: [{ postgres: 'ok', redis: 'ok', clickhouse: 'ok' }] }),
  })
  .meta({ id: 'Readiness' });

export const HEALTH_SCHEMAS = {
  ...toJsonSchema(health, 'output').components,
  ...toJsonSchema(readiness, 'output').components,
};

const json = (schema: string, example?: object) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, ...(example && { example }) },
});

/** The routes that every service has. They know nothing of OpenAPI, so they are described here. */
export const HEALTH_PATHS = {
  '/api/v1/health': {
    get: {
      operationId: 'getHealth',
      tags: ['health'],
      summary: 'Get whether the process runs',
      description: 'Asks no dependency. Restart the process when this route does not answer.',
      security: [],
      responses: { 200: { description: 'The process runs', content: json('Health') } },
    },
  },
  '/api/v1/ready': {
    get: {
      operationId: 'getReadiness',
      tags: ['health'],
      summary: 'Get whether this instance takes requests',
      description: 'Send requests to this instance while the answer is 200.',
      security: [],
      responses: {
        200: { description: 'The instance takes requests', content: json('Readiness') },
        503: {
          description: 'The instance starts, drains, or has lost a dependency',
          content: json('Readiness', {
            status: 'unavailable',
            checks: { postgres: 'ok', redis: 'no answer within 2000 ms', clickhouse: 'ok' },
          }),
        },
      },
    },
  },
};
