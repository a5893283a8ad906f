export { engineSettings, prepareEngines, runBuilt } from './engines.ts';
export { Envoy, renderEnvoy, validateEnvoy } from './envoy.ts';
export { startGateway, type Edge } from './gateway.ts';
export { ROOT } from './repository.ts';
export { APPS, type App } from './service.ts';
export { ServiceProcess, sumOf } from './service-process.ts';
export { startTogether } from './started.ts';
export { TcpProxy } from './tcp-proxy.ts';
