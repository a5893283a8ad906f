import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Drain, LOGGER, startTimeout, untilAvailable, type Logger } from '@ocpp-gw/service-kit';
import { setTimeout as delay } from 'node:timers/promises';
import { InboundTokens } from './auth/tokens.ts';
import { RateLimit } from './auth/rate-limit.ts';
import { BackingServices } from './backing-services.ts';
import { BulkRunner } from './commands/bulk-runner.ts';
import { CommandRetention } from './commands/command-retention.ts';
import type { Config } from './config.ts';
import { EventStreams } from './events/event-streams.ts';
import { FleetFindings } from './findings/fleet-findings.ts';
import { GrpcHealth, grpcOptions } from './grpc/server.ts';
import { METRICS, type Metrics } from './metrics.ts';
import { answerClientErrors } from './rest/client-errors.ts';
import { allowOrigins } from './rest/cors.ts';
import { isDocsPath, mountDocs } from './rest/docs/mount.ts';
import { restMiddleware } from './rest/middleware.ts';
import { apiDocument } from './rest/openapi/document.ts';

/** Part of the drain time that is reserved for closing connections. */
const CLOSING_MS = 3000;

const isProbe = (path: string): boolean => path === '/api/v1/health' || path === '/api/v1/ready';

/** Installs what REST needs before its routes: the middleware and, where they are enabled, the API documents. */
export function prepareApis(app: INestApplication, config: Config): void {
  (app as NestExpressApplication).disable('x-powered-by');
  const logger = app.get<Logger>(LOGGER);
  if (app.get(InboundTokens).isEmpty)
    logger.warn('no inbound tokens are configured, so every request is refused', {
      variable: 'EVEYS_OCPP_REST_INBOUND_TOKENS',
    });
  const documented = config.EVEYS_OCPP_REST_OPENAPI_ENABLED;
  answerClientErrors((app as NestExpressApplication).getHttpServer());
  allowOrigins(app, config.EVEYS_OCPP_REST_CORS_ORIGINS);
  const perMinute = config.EVEYS_OCPP_REST_RATE_LIMIT_PER_MINUTE;
  const middleware = restMiddleware({
    tokens: app.get(InboundTokens),
    rateLimit: perMinute > 0 ? new RateLimit(perMinute) : null,
    metrics: app.get<Metrics>(METRICS).rest,
    open: (path) => isProbe(path) || (documented && isDocsPath(path)),
  });
  for (const each of middleware) app.use(each);
  if (!documented) return;
  mountDocs(app as NestExpressApplication, apiDocument(app));
  logger.warn('rest_openapi.enabled', {
    hint: 'the API description can be read without a token: unset EVEYS_OCPP_REST_OPENAPI_ENABLED where it should not be public',
  });
}

/** Opens REST and gRPC once the backing services are ready, and registers the steps in which they close. */
export async function startApis(app: INestApplication, config: Config): Promise<void> {
  const services = app.get(BackingServices);
  await untilAvailable(() => services.start(), startTimeout(app, config));
  const health = app.get(GrpcHealth);
  const { grpc } = app.get<Metrics>(METRICS);
  const grpcServer = app.connectMicroservice(
    grpcOptions({ host: config.EVEYS_OCPP_GRPC_HOST, port: config.EVEYS_OCPP_GRPC_PORT, health, metrics: grpc }),
  );
  await app.startAllMicroservices();
  await app.listen(config.EVEYS_OCPP_REST_PORT, config.EVEYS_OCPP_REST_HOST);

  const retention = app.get(CommandRetention);
  retention.start();
  const bulks = app.get(BulkRunner);
  bulks.start();
  const fleet = app.get(FleetFindings);
  fleet.start();

  const drain = app.get(Drain);
  const noticeMs = config.EVEYS_OCPP_REST_DRAIN_NOTICE_S * 1000;
  drain.step('load balancer notices', noticeMs + 100, () => {
    health.set('NOT_SERVING');
    return delay(noticeMs);
  });
  drain.step('event streams end', CLOSING_MS, () => app.get(EventStreams).stop());
  const runningMs = Math.max(1000, config.EVEYS_OCPP_DRAIN_TIMEOUT_S * 1000 - noticeMs - 2 * CLOSING_MS);
  drain.step('running requests end', runningMs, async () => {
    await Promise.all([closeHttp(app), grpcServer.close(), bulks.stop(), fleet.stop()]);
  });
  drain.step('backing services', CLOSING_MS, () => {
    // A client that does not read its answer would hold the service up for ever.
    (app as NestExpressApplication).getHttpServer().closeAllConnections();
    retention.stop();
    return services.stop();
  });
}

function closeHttp(app: INestApplication): Promise<void> {
  const server = (app as NestExpressApplication).getHttpServer();
  // close() closes the idle connections. Those whose answer ends later would stay open for the time of keep-alive.
  server.keepAliveTimeout = 1;
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
