import { randomBytes } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Kafka, logLevel } from 'kafkajs';

import type { Engine } from '../engine.ts';
import { buildFolder } from '../folder-building.ts';
import { pickFreePort } from '../free-port.ts';
import { requireJava } from '../java.ts';
import { fetchFromMaven, type Download } from '../maven.ts';
import { run } from '../process.ts';
import { renderProperties } from './kafka-properties.ts';

const PROBE_TIMEOUT_MS = 3_000;

export const KAFKA_DOWNLOAD: Download = {
  key: 'kafka-4.1.0',
  title: 'Kafka 4.1.0 (43 MB)',
  // Kafka logs through slf4j and brings no binding: without one its log is empty.
  dependencies: ['org.apache.kafka:kafka_2.13:4.1.0', 'org.slf4j:slf4j-simple:1.7.36'],
  goal: 'copy-dependencies',
};

const LOGGING = [
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
];

async function isFormatted(dataDirectory: string): Promise<boolean> {
  return access(join(dataDirectory, 'meta.properties')).then(
    () => true,
    () => false,
  );
}

interface Formatting {
  readonly java: string;
  readonly classpath: string;
  readonly directory: string;
  readonly port: number;
  readonly controllerPort: number;
}

async function format(dataDirectory: string, formatting: Formatting): Promise<void> {
  const { java, classpath, directory, port, controllerPort } = formatting;
  const properties = join(directory, 'format.properties');
  await writeFile(properties, renderProperties({ port, controllerPort, dataDirectory }));
  const clusterId = randomBytes(16).toString('base64url');
  // One word: an id may begin with a dash, which as a word of its own would be an option.
  const storageTool = ['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '--config', properties];
  await run(
    { file: java, args: ['-XX:TieredStopAtLevel=1', ...LOGGING, '-cp', classpath, ...storageTool] },
    join(directory, 'format.log'),
  );
}

export const kafka: Engine = {
  name: 'kafka',
  stopSignal: 'SIGTERM',
  startDeadlineMs: 60_000,

  async prepare(placement) {
    const java = await requireJava();
    const jars = await fetchFromMaven(KAFKA_DOWNLOAD, placement.report);
    const classpath = join(jars, '*');
    const { directory, port } = placement;
    const dataDirectory = join(directory, 'data');
    const properties = join(directory, 'server.properties');
    await mkdir(directory, { recursive: true });
    // The controller's port is nobody else's business: any free one will do, and it may change from start to start.
    const controllerPort = await pickFreePort(new Set([port]));
    await writeFile(properties, renderProperties({ port, controllerPort, dataDirectory }));
    if (!(await isFormatted(dataDirectory))) {
      placement.report('formatting the storage');
      const formatting = { java, classpath, directory, port, controllerPort };
      await buildFolder(dataDirectory, (partial) => format(partial, formatting));
    }
    return { file: java, args: ['-Xmx512m', ...LOGGING, '-cp', classpath, 'kafka.Kafka', properties] };
  },

  async check(port) {
    const admin = new Kafka({
      clientId: 'data-plane',
      brokers: [`127.0.0.1:${port}`],
      connectionTimeout: PROBE_TIMEOUT_MS,
      requestTimeout: PROBE_TIMEOUT_MS,
      retry: { retries: 0 },
      logLevel: logLevel.NOTHING,
    }).admin();
    try {
      await admin.connect();
      const { brokers } = await admin.describeCluster();
      if (brokers.length === 0) throw new Error('the broker has not registered with its controller yet');
    } finally {
      await admin.disconnect();
    }
  },

  url: (port) => `127.0.0.1:${port}`,
};
