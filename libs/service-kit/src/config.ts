import { hostname } from 'node:os';
import { z } from 'zod';
import { errorReportsConfig } from './error-reports/settings.ts';
import { secrecyOf } from './secrecy.ts';
import { tracingConfig } from './tracing/settings.ts';

/** A TCP port; 0 lets the system choose. */
export const port = (): z.ZodCoercedNumber =>
  z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535);

/** A switch: true/false/1/0/yes/no/on/off. */
export const flag = (): ReturnType<typeof z.stringbool> => z.stringbool({ error: 'must be true or false' });

/** Whole or fractional seconds, never negative. */
export const seconds = (): z.ZodCoercedNumber => z.coerce.number({ error: 'must be a number of seconds' }).min(0);

/** What every service reads. Spread into the app's own `z.object({...})`; keys are the variables' names. */
export const serviceConfig = {
  EVEYS_OCPP_LOG_LEVEL: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']))
    .default('INFO')
    .describe('Logs contain this level and those above it'),
  EVEYS_OCPP_LOG_JSON: flag()
    .default(true)
    .describe('Logs are one JSON object a line; false makes them readable for people'),
  EVEYS_OCPP_METRICS_HOST: z
    .string()
    .default('0.0.0.0')
    .describe('/metrics, health and readiness listen on this address'),
  EVEYS_OCPP_METRICS_PORT: port()
    .default(9100)
    .describe('/metrics, /api/v1/health and /api/v1/ready listen on this port'),
  EVEYS_OCPP_POD_NAME: z
    .string()
    .min(1)
    .default(() => `${hostname()}-${process.pid}`)
    .describe(
      'Events, the online registry and logs name this process so. Without it the name is made of the host name and the process id',
    ),
  EVEYS_OCPP_START_TIMEOUT_S: seconds()
    .default(60)
    .describe(
      'At its start the process waits this long for Postgres, Redis and Kafka before it gives up, seconds; 0 gives up at once',
    ),
  EVEYS_OCPP_DRAIN_TIMEOUT_S: seconds()
    .default(30)
    .describe('The process ends within this time after SIGTERM, seconds'),
  ...tracingConfig,
  ...errorReportsConfig,
};

export type ServiceConfig = z.infer<z.ZodObject<typeof serviceConfig>>;

/** Thrown when the environment does not fit the declaration. Lists every problem at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`invalid configuration:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Validates the environment against an app's declaration. An empty variable counts as unset.
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape)
      .map((name) => [name, env[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, given)));
}

function describe(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const variable = String(issue.path[0] ?? 'configuration');
  const inner = issue.path.length > 1 ? ` at ${issue.path.slice(1).join('.')}` : '';
  if (!(variable in given)) return `${variable}: ${issue.path.length ? 'is required' : ''}${inner} (${issue.message})`;
  const shown = secrecyOf(variable) === 'open' ? `, got ${JSON.stringify(given[variable])}` : '';
  return `${variable}${inner}: ${issue.message}${shown}`;
}
