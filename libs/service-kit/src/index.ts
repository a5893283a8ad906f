export {
  ConfigError,
  flag,
  loadConfig,
  port,
  seconds,
  secrecyOf,
  serviceConfig,
  type ServiceConfig,
} from './config.ts';
export { Drain } from './drain.ts';
export { HealthController } from './health.controller.ts';
export { LOGGER, createPino, toLogger, type LogFields, type Logger } from './logger.ts';
export { Readiness, type ReadinessState } from './readiness.ts';
export { runService, type Service } from './run-service.ts';
export { startTimeout, untilAvailable, type StartTimeout } from './until-available.ts';
export { requestId } from './service-kit.module.ts';
