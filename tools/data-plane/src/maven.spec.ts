import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { Download } from './maven.ts';

let folder: string;
let cache: typeof import('./cache.ts');
let maven: typeof import('./maven.ts');
const path = process.env['PATH'] ?? '';

const download: Download = { key: 'thing-1', title: 'Thing 1', dependencies: ['g:thing:1'], goal: 'copy-dependencies' };

/** Stands in for Maven: notes its arguments and does as the script says in the output folder. */
async function installMaven(script: string): Promise<void> {
  const bin = join(folder, 'maven', 'bin');
  await mkdir(bin, { recursive: true });
  const findOutput = 'for a in "$@"; do case "$a" in -DoutputDirectory=*) out="${a#*=}";; esac; done';
  await writeFile(join(bin, 'mvn'), `#!/bin/sh\necho "$@" >> ${folder}/calls\n${findOutput}\n${script}\n`);
  await chmod(join(bin, 'mvn'), 0o755);
  process.env['MAVEN_HOME'] = join(folder, 'maven');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-plane-maven-'));
  process.env['EVEYS_OCPP_DATA_PLANE_CACHE'] = join(folder, 'cache');
  cache = await import('./cache.ts');
  maven = await import('./maven.ts');
});

beforeEach(async () => {
  await rm(join(folder, 'cache'), { recursive: true, force: true });
  await rm(join(folder, 'calls'), { force: true });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('renderPom', () => {
  it('lists the artifacts as dependencies', () => {
    expect(maven.renderPom(['g.r:artifact_2.13:1.0'])).toContain(
      '<dependency><groupId>g.r</groupId><artifactId>artifact_2.13</artifactId><version>1.0</version></dependency>',
    );
  });
});

describe('fetchFromMaven', () => {
  it('downloads once, however many ask at the same time', async () => {
    await installMaven('sleep 0.3; echo jar > "$out/a.jar"');
    const heard: string[] = [];
    const fetch = (): Promise<string> => maven.fetchFromMaven(download, (message) => heard.push(message));
    expect(await cache.isCached(download)).toBe(false);
    const [one, two] = await Promise.all([fetch(), fetch()]);
    expect(one).toBe(two);
    expect(await readdir(one)).toEqual(['a.jar']);
    expect(await fetch()).toBe(one);
    expect(heard).toContain('downloading Thing 1 from Maven Central');
    expect(heard).toContain(`waiting for process ${process.pid}, which is fetching Thing 1`);
    expect((await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  it('leaves nothing that looks complete when it fails, and says what Maven said', async () => {
    await installMaven('echo half > "$out/a.jar"; echo no route to host; exit 1');
    await expect(maven.fetchFromMaven(download, () => undefined)).rejects.toThrow(
      /downloading Thing 1 failed; check the network.*exit code 1.*no route to host/s,
    );
    expect(await cache.isCached(download)).toBe(false);
    await installMaven('echo whole > "$out/b.jar"');
    expect(await readdir(await maven.fetchFromMaven(download, () => undefined))).toEqual(['b.jar']);
  });

  it('says how to install Maven where there is none', async () => {
    delete process.env['MAVEN_HOME'];
    process.env['PATH'] = folder;
    try {
      await expect(maven.fetchFromMaven(download, () => undefined)).rejects.toThrow(
        'Thing 1 has to be downloaded from Maven Central, and there is no mvn on PATH: install Maven: apt-get install -y maven',
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
