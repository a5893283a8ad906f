import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let findPrometheus: (typeof import('./prometheus.ts'))['findPrometheus'];
const path = process.env['PATH'] ?? '';
const heard: string[] = [];
const find = () => findPrometheus('promtool', (message) => heard.push(message));

/** Stands in for a program. */
async function install(name: string, script: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  process.env['EVEYS_OCPP_DATA_PLANE_CACHE'] = join(folder, 'cache');
  ({ findPrometheus } = await import('./prometheus.ts'));
});

beforeEach(async () => {
  for (const part of ['bin', 'cache']) await rm(join(folder, part), { recursive: true, force: true });
  await mkdir(join(folder, 'bin'), { recursive: true });
  process.env['PATH'] = join(folder, 'bin');
  heard.length = 0;
});

afterAll(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

describe('findPrometheus', () => {
  it('takes that of the machine', async () => {
    await install('promtool', 'true');
    expect(await find()).toBe(join(folder, 'bin', 'promtool'));
    expect(heard).toEqual([]);
  });

  it('unpacks the package of Debian, once', async () => {
    await install('apt-get', `echo "$@" >> ${folder}/calls; case "$@" in *download*) : > prometheus_2.deb;; esac`);
    await install('dpkg-deb', '/bin/mkdir -p "$3/usr/bin"; : > "$3/usr/bin/promtool"');
    const found = await find();
    expect(found).toBe(join(folder, 'cache', 'prometheus-debian', 'usr', 'bin', 'promtool'));
    expect(await find()).toBe(found);
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    expect(calls.map((call) => call.replace(/.* User=root|.*User=root /, ''))).toEqual([
      'update',
      'download prometheus',
    ]);
    expect(heard).toEqual(['downloading Prometheus from Debian']);
  });

  it('says what to install where there is neither', async () => {
    await expect(find()).rejects.toThrow(/^promtool is missing: install it: apt-get install -y prometheus/);
  });
});
