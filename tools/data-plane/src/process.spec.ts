import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { findDescendants, identify, isAlive, listProcesses } from './process-table.ts';
import { findRunning, launch, run, stopProcess } from './process.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'data-plane-process-'));
});

afterEach(async () => {
  await stopProcess(directory, 'SIGKILL');
  await rm(directory, { recursive: true });
});

const shell = (script: string): { file: string; args: string[] } => ({ file: '/bin/sh', args: ['-c', script] });
const log = (): string => join(directory, 'a.log');

async function waitForOutput(text: string): Promise<void> {
  while (!(await readFile(log(), 'utf8')).includes(text)) await sleep(20);
}

describe('launch and stopProcess', () => {
  it('find a launched process by its pid file, and end it', async () => {
    const launched = await launch(shell('echo up; exec sleep 60'), directory, log(), 1234);
    expect(await findRunning(directory)).toEqual(launched);
    expect(launched.port).toBe(1234);
    await waitForOutput('up');
    expect(await stopProcess(directory, 'SIGTERM')).toBe(true);
    expect(await isAlive(launched)).toBe(false);
    expect(await findRunning(directory)).toBeUndefined();
    expect(await stopProcess(directory, 'SIGTERM')).toBe(false);
  });

  it('end descendants that left the process group', async () => {
    const launched = await launch(shell('setsid sleep 60 & sleep 60 & echo up; wait'), directory, log(), 1);
    await waitForOutput('up');
    await sleep(100);
    const children = findDescendants(await listProcesses(), launched.pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    await stopProcess(directory, 'SIGKILL');
    const bootId = launched.bootId;
    expect(
      await Promise.all(children.map(({ pid, startTicks }) => isAlive({ pid, startTicks, bootId }))),
    ).not.toContain(true);
  });

  it('end what writes into the folder without being recorded', async () => {
    const launched = await launch(shell('echo up; exec sleep 60'), directory, log(), 1);
    const tool = run(shell('exec sleep 60'), join(directory, 'tool.log'));
    const failed = expect(tool).rejects.toThrow('SIGTERM');
    await waitForOutput('up');
    await rm(join(directory, 'process.json'));
    expect(await findRunning(directory)).toBeUndefined();
    expect(await stopProcess(directory, 'SIGTERM')).toBe(true);
    expect(await isAlive(launched)).toBe(false);
    await failed;
  });

  it('never signal a process that only has the recorded pid', async () => {
    const own = await identify(process.pid);
    await writeFile(join(directory, 'process.json'), JSON.stringify({ ...own, startTicks: 1, port: 1 }));
    expect(await findRunning(directory)).toBeUndefined();
    expect(await stopProcess(directory, 'SIGKILL')).toBe(false);
  });

  it('reject when the file can not be executed', async () => {
    await expect(launch({ file: '/no/such/file', args: [] }, directory, log(), 1)).rejects.toThrow('ENOENT');
  });

  it('keep the former log', async () => {
    await launch(shell('echo first'), directory, log(), 1).catch(() => undefined);
    await waitForOutput('first');
    await launch(shell('echo second; exec sleep 60'), directory, log(), 1);
    expect(await readFile(`${log()}.previous`, 'utf8')).toBe('first\n');
  });
});

describe('run', () => {
  it('passes its input on and resolves on success', async () => {
    await run(shell('cat'), log(), 'hello');
    expect(await readFile(log(), 'utf8')).toBe('hello');
  });

  it('rejects with exit code and the end of the output', async () => {
    await expect(run(shell('echo broken; exit 3'), log())).rejects.toThrow(
      /ended with exit code 3; the end of .*:\n {2}broken/,
    );
  });

  it('does not pass the settings of this process on', async () => {
    process.env['PGDATA'] = '/elsewhere';
    await run(shell('echo "[$PGDATA]"'), log());
    delete process.env['PGDATA'];
    expect(await readFile(log(), 'utf8')).toBe('[]\n');
  });
});
