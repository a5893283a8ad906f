import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Engine, Placement } from './engine.ts';
import { pickFreePort } from './free-port.ts';
import { ensureRunning, inspect, PortTakenError } from './lifecycle.ts';
import { findRunning, stopProcess } from './process.ts';

const ACCEPT = "require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1')";

/** An engine whose protocol is to accept a connection. */
function engineRunning(script: string, overrides: Partial<Engine> = {}): Engine {
  return {
    name: 'redis',
    stopSignal: 'SIGTERM',
    startDeadlineMs: 60_000,
    prepare: ({ port }) => Promise.resolve({ file: process.execPath, args: ['-e', script, String(port)] }),
    check: (port) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy();
          resolve();
        }).once('error', reject);
      }),
    url: (port) => `fake:${port}`,
    ...overrides,
  };
}

let directory: string;
let placement: Placement;
let heard: string[];
let log: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'data-plane-lifecycle-'));
  heard = [];
  log = join(directory, 'engine.log');
  placement = { directory, port: await pickFreePort(), durable: true, report: (message) => heard.push(message) };
});

afterEach(async () => {
  await stopProcess(directory, 'SIGKILL');
  await rm(directory, { recursive: true });
});

describe('ensureRunning', () => {
  it('starts what does not run, and leaves alone what does', async () => {
    const engine = engineRunning(ACCEPT);
    expect(await inspect(engine, directory)).toEqual({ state: 'stopped' });
    expect(await ensureRunning(engine, placement, log)).toBe('started');
    const running = await findRunning(directory);
    expect(await ensureRunning(engine, placement, log)).toBe('already running');
    expect(await findRunning(directory)).toEqual(running);
    expect(await inspect(engine, directory)).toEqual({ state: 'running', pid: running?.pid, port: placement.port });
  });

  it('moves to another port', async () => {
    const engine = engineRunning(ACCEPT);
    await ensureRunning(engine, placement, log);
    const moved = { ...placement, port: await pickFreePort() };
    expect(await ensureRunning(engine, moved, log)).toBe('started');
    expect(heard).toContain(`moving from port ${placement.port}`);
    expect((await findRunning(directory))?.port).toBe(moved.port);
  });

  it('restarts what runs and does not answer', async () => {
    await ensureRunning(engineRunning(ACCEPT), placement, log);
    const mute = await findRunning(directory);
    let answers = false;
    const engine = engineRunning(ACCEPT, {
      startDeadlineMs: 300,
      check: () => (answers ? Promise.resolve() : Promise.reject(new Error('mute'))),
      prepare: ({ port }) => {
        answers = true;
        return Promise.resolve({ file: process.execPath, args: ['-e', ACCEPT, String(port)] });
      },
    });
    expect(await inspect(engine, directory)).toMatchObject({ state: 'not answering', problem: 'mute' });
    expect(await ensureRunning(engine, placement, log)).toBe('started');
    expect(heard).toContain('running but not answering: restarting it');
    expect((await findRunning(directory))?.pid).not.toBe(mute?.pid);
  });

  it('tells the end of the log when the engine ends instead of starting', async () => {
    const engine = engineRunning("console.log('out of luck'); process.exit(1)");
    await expect(ensureRunning(engine, placement, log)).rejects.toThrow(
      /^it ended instead of starting; the end of .*engine\.log:\n {2}out of luck$/,
    );
    expect(await findRunning(directory)).toBeUndefined();
  });

  it('gives up at the deadline, and leaves no process', async () => {
    const engine = engineRunning("console.log('thinking'); setInterval(() => {}, 1000)", { startDeadlineMs: 500 });
    await expect(ensureRunning(engine, placement, log)).rejects.toThrow(
      /^it does not answer on port \d+ after 0\.5 s: .*ECONNREFUSED/,
    );
    expect(await findRunning(directory)).toBeUndefined();
  });

  it('refuses a port that somebody else has', async () => {
    const other = await mkdtemp(join(tmpdir(), 'data-plane-other-'));
    await ensureRunning(engineRunning(ACCEPT), { ...placement, directory: other }, join(other, 'engine.log'));
    try {
      await expect(ensureRunning(engineRunning(ACCEPT), placement, log)).rejects.toThrow(PortTakenError);
    } finally {
      await stopProcess(other, 'SIGKILL');
      await rm(other, { recursive: true });
    }
  });
});
