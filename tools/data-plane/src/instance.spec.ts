import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { claim, listInstances, removeOrphans, stopInstance } from './instance.ts';
import { identify } from './process-table.ts';
import { findRunning, launch } from './process.ts';

let state: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'data-plane-instance-'));
});

afterEach(async () => {
  for (const directory of await listInstances(state)) await stopInstance(directory, ['redis', 'postgres']);
  await rm(state, { recursive: true });
});

async function makeInstance(name: string, ...engines: string[]): Promise<string> {
  const directory = join(state, name);
  for (const engine of engines) {
    const folder = join(directory, engine);
    await mkdir(folder, { recursive: true });
    await launch({ file: '/bin/sleep', args: ['60'] }, folder, join(folder, 'log'), 1);
  }
  return directory;
}

async function abandon(directory: string): Promise<void> {
  await writeFile(join(directory, 'owner.json'), JSON.stringify({ ...(await identify(process.pid)), startTicks: 1 }));
}

describe('stopInstance', () => {
  it('stops what runs, keeps the data, and says what it stopped', async () => {
    const directory = await makeInstance('dev', 'redis', 'postgres');
    expect(await stopInstance(directory, ['redis'])).toEqual(['redis']);
    expect(await findRunning(join(directory, 'postgres'))).toBeDefined();
    expect(await stopInstance(directory, ['redis', 'postgres'])).toEqual(['postgres']);
    expect((await readdir(directory)).sort()).toEqual(['postgres', 'redis']);
  });
});

describe('removeOrphans', () => {
  it('removes instances whose owner is gone, and no others', async () => {
    const orphan = await makeInstance('orphan', 'redis');
    const owned = await makeInstance('owned', 'redis');
    const lasting = await makeInstance('lasting', 'redis');
    await abandon(orphan);
    await claim(owned);
    await mkdir(join(state, 'cache'));
    await removeOrphans(state);
    expect(await findRunning(join(orphan, 'redis'))).toBeUndefined();
    expect((await listInstances(state)).sort()).toEqual([lasting, owned]);
    expect(await findRunning(join(owned, 'redis'))).toBeDefined();
    expect(await findRunning(join(lasting, 'redis'))).toBeDefined();
  });
});
