import { createHash } from 'node:crypto';
import { describeLog, describePortHolder, findRunning, launch, portIsFree, stopProcess } from '@ocpp-gw/data-plane';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '@ocpp-gw/rig';
import { RUN_DIR } from './repository.ts';
import type { DevService } from './services.ts';

const READY_WITHIN_MS = 60_000;

const directoryOf = (name: string): string => join(RUN_DIR, name);
const logOf = (name: string): string => join(directoryOf(name), `${name}.log`);

/** Starts a service, or leaves it when it runs with the same code and settings. Resolves when it is ready. */
export async function startService(service: DevService): Promise<'started' | 'restarted' | 'was running'> {
  const directory = directoryOf(service.name);
  mkdirSync(directory, { recursive: true });
  const wanted = fingerprint(service);
  const running = await findRunning(directory);
  if (running && readFingerprint(directory) === wanted && (await isReady(service))) return 'was running';
  if (running) await stopProcess(directory, 'SIGTERM');
  // Else whoever listens there would answer for it.
  if (service.port !== 0 && !(await portIsFree(service.port)))
    throw new Error(
      `${service.name} cannot start: port ${service.port} is held by ${await describePortHolder(service.port)}`,
    );
  await launch(
    { file: process.execPath, args: service.args, env: service.env },
    directory,
    logOf(service.name),
    service.port,
  );
  writeFileSync(join(directory, 'fingerprint'), wanted);
  await untilReady(service, directory);
  return running ? 'restarted' : 'started';
}

/** @returns whether it was running. */
export function stopService(name: string): Promise<boolean> {
  return stopProcess(directoryOf(name), 'SIGTERM');
}

async function untilReady(service: DevService, directory: string): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const ready = await isReady(service);
    const gone = (await findRunning(directory)) === undefined;
    if (ready && !gone) return;
    if (gone || Date.now() > giveUpAt) {
      const what = gone ? 'ended at once' : `is not ready after ${READY_WITHIN_MS / 1000} s (${service.readyUrl})`;
      throw new Error(`${service.name} ${what}; ${await describeLog(logOf(service.name))}`);
    }
    await sleep(100);
  }
}

async function isReady(service: DevService): Promise<boolean> {
  try {
    const headers: Record<string, string> = service.token ? { authorization: `Bearer ${service.token}` } : {};
    return (await fetch(service.readyUrl, { headers, signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** Changes when the service's settings or any built or source file it may run changes. */
function fingerprint(service: DevService): string {
  const hash = createHash('sha256').update(JSON.stringify([service.args, service.env]));
  const files = globSync(['{apps,libs}/*/dist/**/*.js', 'libs/*/generated/*.js', 'tools/mock-backend/src/*.ts'], {
    cwd: ROOT,
  });
  for (const file of files.sort())
    hash.update(`${file}:${statSync(join(ROOT, file)).size}:`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function readFingerprint(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, 'fingerprint'), 'utf8');
  } catch {
    return undefined;
  }
}
