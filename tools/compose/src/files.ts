import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';

const inDocker = (file: string): string => resolve(ROOT, 'docker', file);

export const GATEWAY = inDocker('compose.yaml');
export const OBSERVABILITY = inDocker('compose.observability.yaml');
const SETTINGS = inDocker('.env');

/** What compose interpolates: docker/.env, and before it the caller's variables. */
export function composeSettings(caller: NodeJS.ProcessEnv, file = SETTINGS): NodeJS.ProcessEnv {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // It need not be there.
  }
  return { ...parseEnv(text), ...caller };
}
