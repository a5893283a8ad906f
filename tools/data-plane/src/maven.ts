/** Binaries that only Maven Central has: fetched once into the cache, shared by all instances. */
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findExecutable } from './executable.ts';
import { buildFolder } from './folder-building.ts';
import { withHeartbeat } from './heartbeat.ts';
import { withLock } from './lock.ts';
import { run } from './process.ts';
import { CACHE, makeWritable } from './state.ts';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

export const MAVEN_REMEDY =
  'install Maven: apt-get install -y maven (Debian, Ubuntu), dnf install maven (Fedora), apk add maven (Alpine)';

export interface Download {
  /** Folder name in the cache; changes with the versions, so that an upgrade downloads anew. */
  readonly key: string;
  readonly title: string;
  /** `group:artifact:version` */
  readonly dependencies: readonly string[];
  readonly goal: 'copy-dependencies' | 'unpack-dependencies';
  readonly properties?: Readonly<Record<string, string>>;
}

export function renderPom(dependencies: readonly string[]): string {
  const rendered = dependencies.map((coordinates) => {
    const [groupId, artifactId, version] = coordinates.split(':');
    return `    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`;
  });
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0">',
    '  <modelVersion>4.0.0</modelVersion>',
    '  <groupId>local</groupId><artifactId>data-plane</artifactId><version>1</version><packaging>pom</packaging>',
    '  <dependencies>',
    ...rendered,
    '  </dependencies>',
    '</project>',
    '',
  ].join('\n');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export function cachedFolder(download: Download): string {
  return join(CACHE, download.key);
}

export async function isCached(download: Download): Promise<boolean> {
  return exists(cachedFolder(download));
}

/** The folder with the download's files. */
export async function fetchFromMaven(download: Download, report: (message: string) => void): Promise<string> {
  const folder = cachedFolder(download);
  if (await exists(folder)) return folder;
  const mvn = await findExecutable('mvn', process.env['MAVEN_HOME']);
  if (!mvn) {
    throw new Error(
      `${download.title} has to be downloaded from Maven Central, and there is no mvn on PATH: ${MAVEN_REMEDY}`,
    );
  }
  await makeWritable(CACHE, 'point EVEYS_OCPP_DATA_PLANE_CACHE at a folder of your own');
  const waiting = (holder: number): void =>
    report(`waiting for process ${holder}, which is downloading ${download.title}`);
  return withLock(`${folder}.lock`, waiting, async () => {
    if (await exists(folder)) return folder;
    await withHeartbeat(report, `downloading ${download.title} from Maven Central`, () =>
      buildFolder(folder, (partial) => runMaven(mvn, download, folder, partial)),
    );
    return folder;
  });
}

async function runMaven(mvn: string, download: Download, folder: string, partial: string): Promise<void> {
  const pom = `${folder}.pom.xml`;
  await writeFile(pom, renderPom(download.dependencies));
  const properties = { outputDirectory: partial, includeScope: 'runtime', ...download.properties };
  const flags = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  try {
    await run({ file: mvn, args: ['-B', '-ntp', '-f', pom, `${PLUGIN}:${download.goal}`, ...flags] }, `${folder}.log`);
  } catch (error) {
    throw new Error(
      `downloading ${download.title} failed; check the network, or the mirror in ~/.m2/settings.xml: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
