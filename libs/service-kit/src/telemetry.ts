import type { Logger as Pino } from 'pino';
import type { ServiceConfig } from './config.ts';
import { secretValues } from './error-reports/secret-values.ts';
import { startErrorReports } from './error-reports/start-error-reports.ts';
import { createPino, toLogger } from './logger.ts';
import { startTracing } from './tracing/start-tracing.ts';

/** What a service says about itself besides its metrics. */
export interface Telemetry {
  pino: Pino;
  /** Sends the spans and error reports that are left, as far as somebody takes them within a few seconds. Never rejects. */
  sendLast: () => Promise<void>;
}

/** Starts logs, and traces and error reports where they are configured. It must precede every part that makes spans. */
export async function startTelemetry(
  service: string,
  config: ServiceConfig,
  environment: { variables: readonly string[]; env: NodeJS.ProcessEnv },
): Promise<Telemetry> {
  const { EVEYS_OCPP_POD_NAME: pod, EVEYS_OCPP_SENTRY_DSN: dsn, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = config;
  const traced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const reports = dsn ? await startErrorReports(dsn, secretValues(environment.variables, environment.env)) : undefined;
  const pino = createPino({
    ...{ service, pod, traced, reports },
    level: config.EVEYS_OCPP_LOG_LEVEL,
    json: config.EVEYS_OCPP_LOG_JSON,
  });
  const endTracing = traced ? await startTracing({ service, pod, protocol, logger: toLogger(pino) }) : undefined;
  return { pino, sendLast: async () => void (await Promise.all([endTracing?.(), reports?.flush()])) };
}
