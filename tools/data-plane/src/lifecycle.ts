/** One engine from whatever state it is in to healthy, and back to gone. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Engine, Placement } from './engine.ts';
import { withHeartbeat } from './heartbeat.ts';
import { describePortHolder, portIsFree } from './port-holder.ts';
import { isAlive, type ProcessIdentity } from './process-table.ts';
import { describeLog, findRunning, launch, stopProcess } from './process.ts';

/** Thrown when somebody else listens where an engine should. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

const POLL_MS = 100;

export type Outcome = 'started' | 'already running';

export async function ensureRunning(engine: Engine, placement: Placement, logFile: string): Promise<Outcome> {
  const running = await findRunning(placement.directory);
  if (running?.port === placement.port && (await becomesHealthy(engine, placement, running))) return 'already running';
  if (running) {
    placement.report(
      running.port === placement.port ? 'running but not answering: restarting it' : `moving from port ${running.port}`,
    );
  }
  await stopProcess(placement.directory, engine.stopSignal);
  await requireFreePort(engine, placement.port);
  await mkdir(placement.directory, { recursive: true });
  const prepared = await engine.prepare(placement);
  const started = await launch(prepared, placement.directory, logFile, placement.port);
  try {
    await withHeartbeat(placement.report, 'starting', () => waitUntilHealthy(engine, placement, started, logFile));
  } catch (error) {
    await stopProcess(placement.directory, 'SIGKILL');
    // Taken between the look and the start: the engine's own message says less than ours.
    await requireFreePort(engine, placement.port);
    throw error;
  }
  return 'started';
}

async function requireFreePort(engine: Engine, port: number): Promise<void> {
  if (await portIsFree(port)) return;
  throw new PortTakenError(
    `port ${port} is taken by ${await describePortHolder(port)}. ` +
      `Stop that, or choose another port for ${engine.name} (--${engine.name}-port N)`,
  );
}

/** A running engine may still be starting (a second `up` right after the first): it gets its start deadline. */
async function becomesHealthy(engine: Engine, placement: Placement, running: ProcessIdentity): Promise<boolean> {
  return waitFor(engine, placement, running).then(
    () => true,
    () => false,
  );
}

async function waitUntilHealthy(
  engine: Engine,
  placement: Placement,
  started: ProcessIdentity,
  logFile: string,
): Promise<void> {
  try {
    await waitFor(engine, placement, started);
  } catch (error) {
    throw new Error(`${(error as Error).message}; ${await describeLog(logFile)}`, { cause: error });
  }
}

async function waitFor(engine: Engine, { port }: Placement, running: ProcessIdentity): Promise<void> {
  const deadline = Date.now() + engine.startDeadlineMs;
  for (;;) {
    try {
      await engine.check(port);
      // Whoever answered, it was not an engine that has ended.
      if (await isAlive(running)) return;
      throw new Error(`another process answers on port ${port}`);
    } catch (error) {
      if (!(await isAlive(running))) throw new Error('it ended instead of starting', { cause: error });
      if (Date.now() > deadline) {
        throw new Error(
          `it does not answer on port ${port} after ${engine.startDeadlineMs / 1000} s: ${(error as Error).message}`,
          {
            cause: error,
          },
        );
      }
      await sleep(POLL_MS);
    }
  }
}

type EngineState = 'running' | 'not answering' | 'stopped';

export interface EngineStatus {
  readonly state: EngineState;
  readonly pid?: number;
  readonly port?: number;
  readonly problem?: string;
}

export async function inspect(engine: Engine, directory: string): Promise<EngineStatus> {
  const running = await findRunning(directory);
  if (!running) return { state: 'stopped' };
  const { pid, port } = running;
  try {
    await engine.check(port);
    return { state: 'running', pid, port };
  } catch (error) {
    return { state: 'not answering', pid, port, problem: (error as Error).message };
  }
}
