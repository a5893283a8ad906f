/** Binaries that only Maven Central has: fetched once into the cache, shared by all instances. */
import { writeFile } from 'node:fs/promises';

import { cachedFolder, fillOnce, isCached, type CachedThing } from './cache.ts';
import { findExecutable } from './executable.ts';
import { run } from './process.ts';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

export const MAVEN_REMEDY =
  'install Maven: apt-get install -y maven (Debian, Ubuntu), dnf install maven (Fedora), apk add maven (Alpine)';

export interface Download extends CachedThing {
  /** `group:artifact:version`, or `group:artifact:version:type:classifier` */
  readonly dependencies: readonly string[];
  readonly goal: 'copy-dependencies' | 'unpack-dependencies';
  readonly properties?: Readonly<Record<string, string>>;
}

export function renderPom(dependencies: readonly string[]): string {
  const rendered = dependencies.map((coordinates) => {
    const [groupId, artifactId, version, type, classifier] = coordinates.split(':');
    const kind = type ? `<type>${type}</type><classifier>${classifier}</classifier>` : '';
    return `    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version>${kind}</dependency>`;
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

/** The folder with the download's files. */
export async function fetchFromMaven(download: Download, report: (message: string) => void): Promise<string> {
  if (await isCached(download)) return cachedFolder(download);
  const mvn = await findExecutable('mvn', process.env['MAVEN_HOME']);
  if (!mvn) {
    throw new Error(
      `${download.title} has to be downloaded from Maven Central, and there is no mvn on PATH: ${MAVEN_REMEDY}`,
    );
  }
  return fillOnce(download, `downloading ${download.title} from Maven Central`, report, (partial) =>
    runMaven(mvn, download, partial),
  );
}

async function runMaven(mvn: string, download: Download, partial: string): Promise<void> {
  const folder = cachedFolder(download);
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
