/** Looks at the machine before anything is started; one finding a line, each with its repair. */
import { readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { pickAccount, runningAsRoot } from './account.ts';
import { isCached } from './cache.ts';
import type { EngineName } from './engine.ts';
import { KAFKA_DOWNLOAD } from './engines/kafka.ts';
import { findInstalledRedis, REDIS_DOWNLOAD } from './engines/redis.ts';
import { findExecutable } from './executable.ts';
import { findJava, JAVA_REMEDY, OLDEST_JAVA } from './java.ts';
import { MAVEN_REMEDY } from './maven.ts';
import { describePortHolder, portIsFree } from './port-holder.ts';
import type { EnginePorts } from './ports.ts';
import { findRunning } from './process.ts';
import { engineDirectory } from './state.ts';

export interface Finding {
  /** `missing` stops the data plane; `warning` does not. */
  readonly verdict: 'ok' | 'warning' | 'missing';
  readonly subject: string;
  readonly detail: string;
  readonly fix?: string;
}

const OLDEST_NODE = 24;
const NEEDED_DISK_GB = 2;

export function isFatal({ verdict }: Finding): boolean {
  return verdict === 'missing';
}

export function judgeNode(version: string): Finding {
  const recent = Number.parseInt(version, 10) >= OLDEST_NODE;
  return {
    verdict: recent ? 'ok' : 'missing',
    subject: 'node',
    detail: version,
    fix: `use Node ${OLDEST_NODE}: npm ci puts it in node_modules/.bin on Linux x64; elsewhere nvm install reads .nvmrc`,
  };
}

export function judgeJava(java: { readonly path: string; readonly major: number } | undefined): Finding {
  const detail = java ? `Java ${java.major} (${java.path})` : 'not found in JAVA_HOME or on PATH';
  return { verdict: java && java.major >= OLDEST_JAVA ? 'ok' : 'missing', subject: 'java', detail, fix: JAVA_REMEDY };
}

export function judgeMaven(path: string | undefined, waiting: readonly string[]): Finding {
  if (path) return { verdict: 'ok', subject: 'mvn', detail: path };
  if (waiting.length === 0) return { verdict: 'ok', subject: 'mvn', detail: 'not installed; all downloads are there' };
  return {
    verdict: 'missing',
    subject: 'mvn',
    detail: `not on PATH, needed to download ${waiting.join(', ')}`,
    fix: MAVEN_REMEDY,
  };
}

export function judgeMake(path: string | undefined): Finding {
  const fix = 'install make: apt-get install -y make (Debian, Ubuntu), dnf install make (Fedora)';
  return path
    ? { verdict: 'ok', subject: 'make', detail: path }
    : { verdict: 'missing', subject: 'make', detail: 'not on PATH', fix };
}

export function judgeDisk(freeBytes: number, folder: string): Finding {
  const gigabytes = freeBytes / 1024 ** 3;
  return {
    verdict: gigabytes >= NEEDED_DISK_GB ? 'ok' : 'missing',
    subject: 'disk',
    detail: `${gigabytes.toFixed(1)} GB free at ${folder}`,
    fix: `free ${NEEDED_DISK_GB} GB there, or keep the state elsewhere (--state DIR)`,
  };
}

export async function examine(directory: string, ports: EnginePorts, only: readonly EngineName[]): Promise<Finding[]> {
  const needsKafka = only.includes('kafka');
  const installedRedis = only.includes('redis') ? await findInstalledRedis() : undefined;
  const findings = [judgeNode(process.versions.node), judgeMake(await findExecutable('make'))];
  if (needsKafka) findings.push(judgeJava(await findJava()));
  const downloads = [
    ...(needsKafka ? [KAFKA_DOWNLOAD] : []),
    ...(only.includes('redis') && !installedRedis ? [REDIS_DOWNLOAD] : []),
  ];
  const waiting: string[] = [];
  for (const download of downloads) if (!(await isCached(download))) waiting.push(download.title);
  findings.push(judgeMaven(await findExecutable('mvn', process.env['MAVEN_HOME']), waiting));
  if (installedRedis) findings.push({ verdict: 'ok', subject: 'redis', detail: installedRedis });
  if (only.includes('postgres') && runningAsRoot()) findings.push(judgeAccount(await readFile('/etc/passwd', 'utf8')));
  findings.push(await examineDisk(directory));
  for (const engine of only) findings.push(await examinePort(engine, ports[engine], directory));
  return findings;
}

export function judgeAccount(passwd: string): Finding {
  const account = pickAccount(passwd);
  return account
    ? { verdict: 'ok', subject: 'user', detail: `running as root; Postgres will run as ${account.name}` }
    : {
        verdict: 'missing',
        subject: 'user',
        detail: 'running as root, and there is no other user for Postgres',
        fix: 'useradd --system --no-create-home postgres, or run as a normal user',
      };
}

async function examineDisk(directory: string): Promise<Finding> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: undefined, bsize: 0 }));
    if (bavail !== undefined) return judgeDisk(bavail * bsize, folder);
  }
}

async function examinePort(engine: EngineName, port: number, directory: string): Promise<Finding> {
  const subject = `port ${port}`;
  const running = await findRunning(engineDirectory(directory, engine));
  if (running?.port === port)
    return { verdict: 'ok', subject, detail: `${engine} of this data plane, pid ${running.pid}` };
  if (await portIsFree(port)) return { verdict: 'ok', subject, detail: `free for ${engine}` };
  return {
    verdict: 'missing',
    subject,
    detail: `wanted by ${engine}, taken by ${await describePortHolder(port)}`,
    fix: `stop that process, or choose another port (--${engine}-port N)`,
  };
}
