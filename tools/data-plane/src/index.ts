export { startDataPlane } from './data-plane.ts';
export type { DataPlane, DataPlaneOptions } from './data-plane.ts';
export { ENGINE_NAMES } from './engine.ts';
export type { EngineName } from './engine.ts';
export { Envoy, renderEnvoy, validateEnvoy } from './envoy.ts';
export { pickFreePort, pickFreePorts } from './free-port.ts';
export type { EnginePorts } from './ports.ts';
export { resolvePorts } from './ports.ts';
export { describeLog, findRunning, launch, stopProcess } from './process.ts';
