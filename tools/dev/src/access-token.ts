import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_DIR } from './repository.ts';

const FILE = join(RUN_DIR, 'token');
const VARIABLE = 'EVEYS_OCPP_REST_INBOUND_TOKENS';

/** The token of the running development environment: the first configured one, else the one `make up` made. */
export function knownToken(env: NodeJS.ProcessEnv): string | undefined {
  const [first] = (env[VARIABLE] ?? '').split(',');
  // An entry may be `name:scopes:token`-like; the token is what a caller sends (docs/11-configuration-reference.md).
  if (first) return first.slice(first.lastIndexOf(':') + 1);
  try {
    return readFileSync(FILE, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** As {@link knownToken}, made and kept when there is none yet. */
export function ensureToken(env: NodeJS.ProcessEnv): string {
  const known = knownToken(env);
  if (known) return known;
  const token = `dev-${randomBytes(12).toString('hex')}`;
  mkdirSync(RUN_DIR, { recursive: true });
  writeFileSync(FILE, `${token}\n`, { mode: 0o600 });
  return token;
}

/** `make get-token`: prints just the token, or says exactly what to set. */
export function printToken(env: NodeJS.ProcessEnv): boolean {
  const token = knownToken(env);
  if (token) console.log(token);
  else console.error(`no token: run \`make up\`, or set ${VARIABLE} to a comma-separated list of tokens`);
  return token !== undefined;
}
