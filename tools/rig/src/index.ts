export { runBuilt } from './engines.ts';
export { Envoy, renderEnvoy, validateEnvoy } from './envoy.ts';
export { startGateway, type Edge } from './gateway.ts';
export { type App } from './service.ts';
export { ServiceProcess, sumOf } from './service-process.ts';
export { startTogether } from './started.ts';
export { TcpProxy } from './tcp-proxy.ts';
