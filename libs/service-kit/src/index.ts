export { ConfigError, flag, loadConfig, port, seconds, serviceConfig } from './config.ts';
export { Drain } from './drain.ts';
export { HealthController } from './health.controller.ts';
export { LOGGER, type LogFields, type Logger } from './logger.ts';
export {
  SECONDS,
  TracedHistogram,
  consumerMetrics,
  producerMetrics,
  watchPool,
  type ConsumerObserver,
  type PoolLoad,
  type ProducerObserver,
} from './metrics/index.ts';
export { Readiness } from './readiness.ts';
export { runService } from './run-service.ts';
export { startTimeout, untilAvailable } from './until-available.ts';
export { requestId } from './service-kit.module.ts';
export { secrecyOf } from './secrecy.ts';
export { messagingSpan } from './tracing/messaging.ts';
export {
  activeSpan,
  inBatchSpan,
  inSpan,
  isTracing,
  makeSpansWith,
  startSpan,
  typeOf,
  type LiveSpan,
  type SpanRequest,
  type Spans,
  type TraceIds,
} from './tracing/spans.ts';
