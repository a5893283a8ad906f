import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let toolchain: typeof import('./toolchain.ts');
const path = process.env['PATH'] ?? '';

/** Stands in for a program. */
async function install(name: string, script: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charts-tools-'));
  process.env['EVEYS_OCPP_DATA_PLANE_CACHE'] = join(folder, 'cache');
  toolchain = await import('./toolchain.ts');
});

beforeEach(async () => {
  await rm(join(folder, 'bin'), { recursive: true, force: true });
  await rm(join(folder, 'cache'), { recursive: true, force: true });
  await mkdir(join(folder, 'bin'), { recursive: true });
  process.env['PATH'] = `${join(folder, 'bin')}:/usr/bin:/bin`;
});

afterAll(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

describe('a tool', () => {
  it('is compiled once, at its pinned version, into the cache', async () => {
    await install('go', `echo "$@" >> ${folder}/calls; touch "$GOBIN/kubeconform"`);
    const heard: string[] = [];
    const binary = await toolchain.installGoTool('kubeconform', (message) => heard.push(message));
    expect(binary).toBe(join(folder, 'cache', 'kubeconform-v0.8.0', 'kubeconform'));
    expect(await toolchain.installGoTool('kubeconform', () => undefined)).toBe(binary);
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(
      'install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0\n',
    );
    expect(heard).toEqual(['compiling kubeconform v0.8.0, minutes the first time']);
  });

  it('of a module that replaces others is built in a copy that can be written', async () => {
    await mkdir(join(folder, 'module'), { recursive: true });
    await writeFile(join(folder, 'module', 'go.mod'), 'module x', { mode: 0o444 });
    const build = 'build) rm go.mod && touch "$3"';
    await install('go', `case "$1" in mod) echo '{"Dir":"${folder}/module"}';; ${build};; esac`);
    const binary = await toolchain.installGoTool('helm-unittest', () => undefined);
    expect(await readFile(binary, 'utf8')).toBe('');
    expect(await readFile(join(folder, 'module', 'go.mod'), 'utf8')).toBe('module x');
  });

  it('that does not compile leaves nothing behind, and what the compiler said is shown', async () => {
    await install('go', 'echo no required module provides package >&2; exit 1');
    const attempt = toolchain.installGoTool('conftest', () => undefined);
    await expect(attempt).rejects.toThrow(/conftest@v[\d.]+ ended with 1:\n {2}no required module provides package/);
    await install('go', 'touch "$GOBIN/conftest"');
    await expect(toolchain.installGoTool('conftest', () => undefined)).resolves.toContain('conftest');
  });
});

describe('what is missing', () => {
  const nowhere = { 'no-such-program': 'install it somehow' };

  it('is said all at once: Go only for tools that are not compiled yet', async () => {
    process.env['PATH'] = join(folder, 'bin');
    expect(await toolchain.missing(['kubeconform', 'conftest'], nowhere)).toEqual([
      `go is missing (for kubeconform v0.8.0, conftest v0.71.1): ${toolchain.GO_REMEDY}`,
      'no-such-program is missing: install it somehow',
    ]);
    for (const tool of ['kubeconform', 'conftest'] as const) {
      await mkdir(join(folder, 'cache', toolchain.goTool(tool).key), { recursive: true });
    }
    expect(await toolchain.missing(['kubeconform', 'conftest'], {})).toEqual([]);
  });

  it('is nothing where Go and the programs are there', async () => {
    await install('go', '');
    await install('python3', '');
    expect(await toolchain.missing(['helm3'], { python3: toolchain.PYTHON_REMEDY })).toEqual([]);
  });
});
