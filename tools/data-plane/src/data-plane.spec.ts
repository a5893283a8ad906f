import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { ENGINE_NAMES, type Engine, type EngineName } from './engine.ts';
import { pickFreePort } from './free-port.ts';
import { findRunning } from './process.ts';

const ACCEPT = "require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1')";
let broken: EngineName | undefined;

/** Stands in for an engine: accepts connections, or ends at once. */
function fakeEngine(name: EngineName): Engine {
  return {
    name,
    stopSignal: 'SIGTERM',
    startDeadlineMs: 20_000,
    prepare: ({ port }) =>
      Promise.resolve({
        file: process.execPath,
        args: ['-e', name === broken ? 'process.exit(1)' : ACCEPT, String(port)],
      }),
    check: (port) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy())).once('error', reject);
      }),
    url: (port) => `${name}:${port}`,
  };
}

jest.unstable_mockModule('./engines/catalogue.ts', () => ({
  ENGINES: Object.fromEntries(ENGINE_NAMES.map((name) => [name, fakeEngine(name)])),
}));

const { startDataPlane } = await import('./data-plane.ts');
const { stopInstance, listInstances } = await import('./instance.ts');

let state: string;

beforeEach(async () => {
  broken = undefined;
  state = await mkdtemp(join(tmpdir(), 'data-plane-'));
});

afterEach(async () => {
  for (const directory of await listInstances(state)) await stopInstance(directory, ENGINE_NAMES);
  await rm(state, { recursive: true });
});

describe('startDataPlane', () => {
  it('starts all engines on ports of their own, and removes every trace on stop', async () => {
    const plane = await startDataPlane({ name: 'spec', state });
    const { postgres, redis, kafka, clickhouse } = plane.ports;
    expect([plane.postgresUrl, plane.redisUrl, plane.kafkaBrokers, plane.clickhouseUrl]).toEqual([
      `postgres:${postgres}`,
      `redis:${redis}`,
      `kafka:${kafka}`,
      `clickhouse:${clickhouse}`,
    ]);
    expect(plane.name).toMatch(new RegExp(`^spec-${process.pid}-[0-9a-f]{6}$`));
    await plane.stop();
    expect(await readdir(state)).toEqual([]);
    await plane.stop();
  });

  it('kills and restarts one engine, on the same port', async () => {
    const plane = await startDataPlane({ name: 'spec', state, only: ['redis', 'kafka'] });
    const before = await findRunning(join(plane.directory, 'redis'));
    await plane.kill('redis');
    expect(await findRunning(join(plane.directory, 'redis'))).toBeUndefined();
    expect(await findRunning(join(plane.directory, 'kafka'))).toBeDefined();
    await plane.start('redis');
    const after = await findRunning(join(plane.directory, 'redis'));
    expect(after?.port).toBe(before?.port);
    expect(after?.pid).not.toBe(before?.pid);
    await expect(plane.kill('clickhouse')).rejects.toThrow('clickhouse is not part of the data plane');
    await plane.stop();
  });

  it('removes a random-port instance of which one engine does not start', async () => {
    broken = 'kafka';
    await expect(startDataPlane({ name: 'spec', state })).rejects.toThrow(
      /^kafka can't start: it ended instead of starting/,
    );
    expect(await readdir(state)).toEqual([]);
  });

  it('keeps what did start of a durable instance, and attaches to it the next time', async () => {
    broken = 'kafka';
    const ports = { redis: await pickFreePort(), kafka: await pickFreePort() };
    const options = { name: 'dev', state, ports, only: ['redis', 'kafka'] as const };
    await expect(startDataPlane(options)).rejects.toThrow("kafka can't start");
    broken = undefined;
    const heard: string[] = [];
    const plane = await startDataPlane({ ...options, report: (engine, message) => heard.push(`${engine} ${message}`) });
    expect(heard).toContain('redis already running');
    expect(heard).toContainEqual(expect.stringMatching(/^kafka ready after \d+\.\d s$/));
    await plane.stop();
    expect(await readdir(join(state, 'dev'))).toEqual(['kafka', 'redis']);
  });

  it('lets two starts of one instance take turns', async () => {
    const options = { name: 'dev', state, ports: { redis: await pickFreePort() }, only: ['redis'] as const };
    const heard: string[] = [];
    const report = (_engine: EngineName, message: string): void => void heard.push(message);
    await Promise.all([startDataPlane({ ...options, report }), startDataPlane({ ...options, report })]);
    expect(heard.filter((message) => message === 'already running')).toHaveLength(1);
    expect(heard).toContain(`waiting for process ${process.pid}, which is starting or stopping dev`);
  });

  it('refuses a name that is no folder name', async () => {
    await expect(startDataPlane({ name: '../up', state })).rejects.toThrow('lower-case letters, digits and dashes');
  });
});
