import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { parseJavaMajor, requireJava } from './java.ts';

let home: string;
const { PATH = '', JAVA_HOME } = process.env;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'data-plane-java-'));
  await mkdir(join(home, 'bin'));
  process.env['JAVA_HOME'] = home;
  process.env['PATH'] = '/bin';
});

afterAll(async () => {
  process.env['PATH'] = PATH;
  if (JAVA_HOME === undefined) delete process.env['JAVA_HOME'];
  else process.env['JAVA_HOME'] = JAVA_HOME;
  await rm(home, { recursive: true });
});

async function installJava(version: string): Promise<string> {
  const java = join(home, 'bin', 'java');
  await writeFile(java, `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`);
  await chmod(java, 0o755);
  return java;
}

describe('parseJavaMajor', () => {
  it('reads the banners of all vendors and ages', () => {
    expect(parseJavaMajor('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment')).toBe(17);
    expect(parseJavaMajor('java version "1.8.0_392"')).toBe(8);
    expect(parseJavaMajor('openjdk version "25" 2025-09-16')).toBe(25);
    expect(parseJavaMajor('openjdk version "26-ea" 2026-03-17')).toBe(26);
    expect(parseJavaMajor('')).toBe(0);
  });
});

describe('requireJava', () => {
  it('takes the Java of JAVA_HOME before that of PATH', async () => {
    const java = await installJava('21.0.1');
    expect(await requireJava()).toBe(java);
  });

  it('refuses an old Java and says what to install', async () => {
    await installJava('11.0.2');
    await expect(requireJava()).rejects.toThrow(
      /Kafka needs Java 17, and .* is Java 11: install Java 17 or newer: apt-get/,
    );
  });

  it('says what to install where there is no Java', async () => {
    process.env['PATH'] = home;
    await rm(join(home, 'bin', 'java'));
    await expect(requireJava()).rejects.toThrow(
      /there is no java in JAVA_HOME or on PATH: install Java 17 or newer: apt-get/,
    );
  });
});
