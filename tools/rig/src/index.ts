export { runBuilt } from './engines.ts';
export { startCommandApi, type CommandApi } from './command-api.ts';
export { Envoy, installEnvoy, renderEnvoy, validateEnvoy } from './envoy.ts';
export { startGateway, type Edge } from './gateway.ts';
export { type App } from './service.ts';
export { ServiceProcess, sumOf } from './service-process.ts';
export { startTogether, type Started } from './started.ts';
export { TcpProxy } from './tcp-proxy.ts';
