import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { fetchFromMaven, pythonWith } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';

const run = promisify(execFile);
const GUIDES = join(ROOT, 'docs/integration/consumers');
const PROTO = join(ROOT, 'proto/events/v1/events.proto');
/** As Maven Central names it. */
const PLATFORM = `${process.platform === 'darwin' ? 'osx' : process.platform}-${process.arch === 'arm64' ? 'aarch_64' : 'x86_64'}`;
/** Compilers of both languages among them, so that a machine that has what Kafka needs has all that this needs. */
const JAVA = {
  key: `events-consumer-java-4.36.2-3.37.0-${PLATFORM}`,
  title: 'the Java consumer of the guide (20 MB)',
  dependencies: [
    'org.apache.kafka:kafka-clients:4.1.0',
    'com.google.protobuf:protobuf-java:4.36.2',
    `com.google.protobuf:protoc:4.36.2:exe:${PLATFORM}`,
    'org.slf4j:slf4j-nop:1.7.36',
    'org.eclipse.jdt:ecj:3.37.0',
  ],
  goal: 'copy-dependencies',
} as const;

interface Command {
  file: string;
  args: readonly string[];
}

/** Makes in the folder what the guide tells its reader to make. @returns how the consumer is run */
type Prepare = (folder: string) => Promise<Command>;

export const CONSUMERS_OF_GUIDE: Readonly<Record<string, Prepare>> = {
  async Python(folder) {
    const python = await pythonWith('events-consumer', join(GUIDES, 'requirements.txt'), () => undefined);
    const source = ['-I', join(ROOT, 'proto'), 'events/v1/events.proto'];
    await run(python, ['-m', 'grpc_tools.protoc', `--python_out=${folder}`, ...source]);
    return { file: python, args: [join(GUIDES, 'consumer.py')] };
  },
  async Java(folder) {
    const jars = await fetchFromMaven(JAVA, () => undefined);
    const names = await readdir(jars);
    const protoc = join(jars, names.find((name) => name.endsWith('.exe')) ?? '');
    await chmod(protoc, 0o755);
    // By itself this protoc has no google/protobuf/timestamp.proto; buf gives it one.
    const plugins = [{ protoc_builtin: 'java', protoc_path: protoc, out: folder }];
    const template = JSON.stringify({ version: 'v2', plugins });
    await run('buf', ['generate', ROOT, '--path', PROTO, '--template', template]);
    const jarFiles = names.filter((name) => name.endsWith('.jar')).map((jar) => join(jars, jar));
    const classpath = [...jarFiles, folder].join(':');
    const compiler = ['-cp', join(jars, '*'), 'org.eclipse.jdt.internal.compiler.batch.Main', '-17', '-nowarn'];
    const sources = [join(GUIDES, 'Consumer.java'), join(folder, 'events')];
    await run('java', [...compiler, '-cp', classpath, '-d', folder, ...sources]);
    return { file: 'java', args: ['-cp', classpath, 'Consumer'] };
  },
  async TypeScript() {
    return { file: process.execPath, args: ['--no-warnings', join(GUIDES, 'consumer.ts'), PROTO] };
  },
};

/** An event as a consumer of the guide prints it. */
export interface PrintedEvent {
  id: string;
  type: string;
  cp_id: string;
}

/** A consumer of the guide, which shares no code with us, as its own process. */
export class OutsideConsumer {
  readonly printed: PrintedEvent[] = [];
  private errors = '';
  private readonly child: ChildProcess;

  constructor({ file, args }: Command, folder: string, brokers: string, group: string, topics: readonly string[]) {
    this.child = spawn(file, [...args, brokers, group, ...topics], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PYTHONPATH: folder },
    });
    if (!this.child.stdout) throw new Error('no stdout');
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      if (line.startsWith('{"id"')) this.printed.push(JSON.parse(line) as PrintedEvent);
    });
    this.child.stderr?.on('data', (chunk) => (this.errors += String(chunk)));
  }

  /** @throws Error with the end of what it wrote when it has ended by itself */
  check(): void {
    if (this.child.exitCode !== null) throw new Error(`the consumer has ended: ${this.errors.slice(-2000)}`);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}
