import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { openAddresses } from './addresses.ts';
import type { Compose } from './engine.ts';
import { findSession, type Receivers } from './session-seen.ts';

export interface SmokeOptions {
  compose: Compose;
  token: string;
  clickhousePassword: string;
  say(line: string): void;
}

const PROTOCOLS = ['1.6', '2.0.1'] as const;

/** @returns whether a session of each version came through Envoy and was seen everywhere */
export async function smoke({ compose, token, clickhousePassword, say }: SmokeOptions): Promise<boolean> {
  const { websocket, ...receivers } = await openAddresses(compose);
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-smoke-'));
  try {
    const ca = join(folder, 'ca.pem');
    await compose.read('cp', 'envoy:/etc/envoy/tls/ca.pem', ca);
    const results = [];
    for (const protocol of PROTOCOLS)
      results.push(
        await oneSession({ protocol, websocket, ca, receivers: { ...receivers, token, clickhousePassword }, say }),
      );
    return results.every(Boolean);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface SessionOptions {
  protocol: (typeof PROTOCOLS)[number];
  websocket: string;
  /** File of the authority that Envoy's certificates are from. */
  ca: string;
  receivers: Receivers;
  say(line: string): void;
}

async function oneSession({ protocol, websocket, ca, receivers, say }: SessionOptions): Promise<boolean> {
  const id = `SMOKE-${protocol.replaceAll('.', '')}-${randomBytes(3).toString('hex').toUpperCase()}`;
  if (!(await charge(protocol, id, websocket, ca))) {
    say(`${id}: the charger's session failed`);
    return false;
  }
  const found = await findSession(id, receivers);
  for (const { where, problem } of found) say(`${id}: ${where}: ${problem ?? 'ok'}`);
  return found.every(({ problem }) => problem === undefined);
}

function charge(protocol: string, id: string, websocket: string, ca: string): Promise<boolean> {
  const simulator = ['--conditions=@ocpp-gw/source', join(ROOT, 'tools/charger-sim/src/main.ts')];
  const charging = ['--sessions', '1', '--meter-interval', '500ms', '--power', '150000'];
  const args = [...simulator, '--url', websocket, '--protocol', protocol, '--id', id, ...charging];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      env: { ...process.env, NODE_EXTRA_CA_CERTS: ca },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}
