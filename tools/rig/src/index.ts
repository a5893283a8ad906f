export { engineSettings, prepareEngines, runBuilt, type Env } from './engines.ts';
export { Envoy, installEnvoy, renderEnvoy, validateEnvoy } from './envoy.ts';
export { startGateway, type Edge, type Gateway, type GatewayOptions } from './gateway.ts';
export { QUIET, ROOT, type Build } from './repository.ts';
export { APPS, argsOf, settingsOf, type App, type Backend, type Surroundings } from './service.ts';
export { ServiceProcess, sumOf, type ServiceOptions } from './service-process.ts';
export { startTogether, type Started } from './started.ts';
export { TcpProxy } from './tcp-proxy.ts';
