import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { findBinaries, findHome, isReachable, mayEnter } from './postgres-home.ts';

const account = { name: 'nobody', uid: 65_000, gid: 65_001 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-plane-home-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('mayEnter', () => {
  it('judges by the class that the user falls in', () => {
    const { uid, gid } = account;
    expect(mayEnter({ mode: 0o700, uid: 0, gid: 0 }, account)).toBe(false);
    expect(mayEnter({ mode: 0o701, uid: 0, gid: 0 }, account)).toBe(true);
    expect(mayEnter({ mode: 0o700, uid, gid: 0 }, account)).toBe(true);
    expect(mayEnter({ mode: 0o750, uid: 0, gid }, account)).toBe(true);
    expect(mayEnter({ mode: 0o701, uid: 0, gid }, account)).toBe(false);
  });
});

describe('isReachable', () => {
  it('wants every folder above to be open', async () => {
    await chmod(folder, 0o755);
    expect(await isReachable(folder, account)).toBe(true);
    await chmod(folder, 0o700);
    expect(await isReachable(folder, account)).toBe(false);
  });
});

describe('findHome', () => {
  it('is the given folder for who runs as himself', async () => {
    const directory = join(folder, 'postgres');
    expect(await findHome(directory, undefined)).toBe(directory);
    expect((await stat(directory)).isDirectory()).toBe(true);
  });
});

describe('findBinaries', () => {
  it('finds the installed package', async () => {
    const native = await findBinaries(undefined);
    expect((await stat(join(native, 'bin', 'postgres'))).isFile()).toBe(true);
    expect((await stat(join(native, 'lib', 'libpq.so.5'))).isFile()).toBe(true);
  });
});
