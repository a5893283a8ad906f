import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { buildFolder } from './folder-building.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'data-plane-folder-'));
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe('buildFolder', () => {
  it('shows the folder only when it is complete, and clears away what a failed attempt left', async () => {
    const target = join(parent, 'data');
    const half = async (partial: string): Promise<void> => {
      await writeFile(join(partial, 'half'), '');
      throw new Error('killed');
    };
    await expect(buildFolder(target, half)).rejects.toThrow('killed');
    expect(await readdir(parent)).toEqual([expect.stringMatching(/^data\.partial-/)]);
    await buildFolder(target, (partial) => writeFile(join(partial, 'whole'), ''));
    expect(await readdir(parent)).toEqual(['data']);
    expect(await readdir(target)).toEqual(['whole']);
  });
});
