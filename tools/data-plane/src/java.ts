import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { findExecutable } from './executable.ts';

/** Kafka 4 brokers need 17. */
export const OLDEST_JAVA = 17;

export const JAVA_REMEDY =
  `install Java ${OLDEST_JAVA} or newer: apt-get install -y openjdk-17-jre-headless (Debian, Ubuntu), ` +
  'dnf install java-21-openjdk-headless (Fedora), apk add openjdk17-jre-headless (Alpine); or set JAVA_HOME';

export interface Java {
  readonly path: string;
  readonly major: number;
}

/** `openjdk version "17.0.15" 2025-04-15`, before Java 9 `java version "1.8.0_392"`. */
export function parseJavaMajor(banner: string): number {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(banner);
  if (!match) return 0;
  return match[1] === '1' ? Number(match[2]) : Number(match[1]);
}

export async function findJava(): Promise<Java | undefined> {
  const path = await findExecutable('java', process.env['JAVA_HOME']);
  if (!path) return undefined;
  // The banner goes to stderr.
  const { stderr } = await promisify(execFile)(path, ['-version']).catch(() => ({ stderr: '' }));
  return { path, major: parseJavaMajor(stderr) };
}

export async function requireJava(): Promise<string> {
  const java = await findJava();
  if (!java) throw new Error(`Kafka needs Java, and there is no java in JAVA_HOME or on PATH: ${JAVA_REMEDY}`);
  if (java.major < OLDEST_JAVA) {
    throw new Error(
      `Kafka needs Java ${OLDEST_JAVA}, and ${java.path} is Java ${java.major || 'of unknown version'}: ${JAVA_REMEDY}`,
    );
  }
  return java.path;
}
