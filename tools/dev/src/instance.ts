import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portVariable, type DataPlane, type EngineName } from '@ocpp-gw/data-plane';
import { engineSettings, type Env } from '@ocpp-gw/rig';
import { RUN_DIR } from './repository.ts';

export interface Addresses {
  websocket: string;
  rest: string;
  grpc: string;
  backend: string;
}

/** Where what `make up` started is found, whatever ports it was given. */
export interface Instance {
  /** The variables that name its engines, for any command of ours. */
  settings: Env;
  addresses: Addresses;
}

const FILE = 'instance.json';

/** The engines' URLs and ports; a variable of the caller wins over what follows from the ports. */
export function settingsOfEngines(plane: DataPlane, caller: NodeJS.ProcessEnv): Record<string, string> {
  const ports = Object.entries(plane.ports).map(([name, port]) => [portVariable(name as EngineName), String(port)]);
  const settings: Env = { ...engineSettings(plane), ...Object.fromEntries(ports) };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, caller[name] ?? value]));
}

export function keepInstance(instance: Instance, folder = RUN_DIR): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
}

/** Undefined when nothing was started here: whoever asks uses the defaults. */
export function findInstance(folder = RUN_DIR): Instance | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Instance;
  } catch {
    return undefined;
  }
}

export function forgetInstance(folder = RUN_DIR): void {
  rmSync(join(folder, FILE), { force: true });
}

/** NAME=value of each setting that the caller does not give himself. */
export function settingLines(instance: Instance | undefined, caller: NodeJS.ProcessEnv): string[] {
  return Object.entries(instance?.settings ?? {})
    .filter(([name]) => caller[name] === undefined)
    .map(([name, value]) => `${name}=${value}`);
}
