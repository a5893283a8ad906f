import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** Stands in for Python: makes an environment whose python is itself, and notes its arguments. */
const PYTHON = `#!/bin/sh
echo "$@" >> "$CALLS"
case "$1 $2" in
  "--version ") echo "Python $VERSION" ;;
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip") [ -z "$FAIL" ] || { echo "no such package" >&2; exit 1; } ;;
esac
`;

describe('pythonWith', () => {
  let folder: string;
  let requirements: string;
  let sut: typeof import('./python.ts').pythonWith;
  const path = process.env['PATH'] ?? '';
  const calls = async (): Promise<string[]> => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
  const installed = async (): Promise<number> => (await calls()).filter((call) => call.startsWith('-m pip')).length;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-plane-python-'));
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin/python3'), PYTHON);
    await chmod(join(folder, 'bin/python3'), 0o755);
    requirements = join(folder, 'requirements.txt');
    await writeFile(requirements, 'thing==1\n');
    const bin = `${join(folder, 'bin')}:${path}`;
    Object.assign(process.env, { PATH: bin, CALLS: join(folder, 'calls'), VERSION: '3.11.2' });
    process.env['EVEYS_OCPP_DATA_PLANE_CACHE'] = join(folder, 'cache');
    ({ pythonWith: sut } = await import('./python.ts'));
  });
  afterAll(async () => {
    process.env['PATH'] = path;
    await rm(folder, { recursive: true });
  });

  it('installs what is required once', async () => {
    const python = await sut('things', requirements, () => undefined);
    expect(await sut('things', requirements, () => undefined)).toBe(python);
    expect(python).toMatch(/cache\/python-things-[0-9a-f]{16}\/bin\/python$/);
    expect(await installed()).toBe(1);
    expect(await calls()).toContain(`-m pip install --quiet --requirement ${requirements}`);
  });

  it.each([
    ['other packages are required', () => writeFile(requirements, 'thing==2\n')],
    ['Python is another one', () => void (process.env['VERSION'] = '3.12.0')],
  ])('installs anew when %s', async (_what, change) => {
    const before = await installed();
    await change();
    await sut('things', requirements, () => undefined);
    expect(await installed()).toBe(before + 1);
  });

  it('says why nothing was installed, and tries again', async () => {
    await writeFile(requirements, 'missing==1\n');
    process.env['FAIL'] = 'yes';
    await expect(sut('things', requirements, () => undefined)).rejects.toThrow('no such package');
    delete process.env['FAIL'];
    await expect(sut('things', requirements, () => undefined)).resolves.toMatch(/bin\/python$/);
  });
});
