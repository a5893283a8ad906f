import { basename } from 'node:path';

import { Command, CommanderError } from 'commander';

import { startDataPlane } from './data-plane.ts';
import { examine, isFatal } from './doctor.ts';
import { ENGINE_NAMES, type EngineName } from './engine.ts';
import { ENGINES } from './engines/catalogue.ts';
import { listInstances, stopInstance } from './instance.ts';
import { inspect } from './lifecycle.ts';
import { DEFAULT_PORTS, parseEngines, portVariable, resolvePorts, type EnginePorts } from './ports.ts';
import { engineDirectory, instanceDirectory } from './state.ts';
import { renderTable } from './table.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (text: string) => void;

interface InstanceFlags {
  readonly state?: string;
  readonly name: string;
  readonly only?: string;
}

interface PortFlags extends InstanceFlags {
  readonly postgresPort?: string;
  readonly redisPort?: string;
  readonly kafkaPort?: string;
  readonly clickhousePort?: string;
}

interface Selection {
  readonly only: readonly EngineName[];
  readonly ports: EnginePorts;
}

function wantedEngines({ only }: InstanceFlags): readonly EngineName[] {
  return only === undefined ? ENGINE_NAMES : parseEngines(only);
}

function select(flags: PortFlags, env: Environment): Selection {
  const only = wantedEngines(flags);
  const { postgresPort, redisPort, kafkaPort, clickhousePort } = flags;
  const given = { postgres: postgresPort, redis: redisPort, kafka: kafkaPort, clickhouse: clickhousePort };
  const defined = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { only, ports: resolvePorts(Object.fromEntries(defined), env, only) };
}

async function up(flags: PortFlags, env: Environment, print: Print): Promise<number> {
  const { only, ports } = select(flags, env);
  const { state, name } = flags;
  const report = (engine: EngineName, message: string): void => print(`${engine.padEnd(10)}  ${message}`);
  const plane = await startDataPlane({ name, ports, only, report, ...(state !== undefined && { state }) });
  print(`\n${renderTable(only.map((engine) => [engine, ENGINES[engine].url(ports[engine])]))}`);
  print(`\ndata and logs: ${plane.directory}`);
  return 0;
}

async function down(flags: InstanceFlags & { readonly all?: boolean }, print: Print): Promise<number> {
  const { state, name, all } = flags;
  const only = wantedEngines(flags);
  const directories = all ? await listInstances(state) : [instanceDirectory(state, name)];
  for (const directory of directories) {
    const stopped = await stopInstance(directory, only);
    print(`${basename(directory)}: ${stopped.length > 0 ? `stopped ${stopped.join(', ')}` : 'nothing was running'}`);
  }
  if (directories.length === 0) print('no data plane found');
  return 0;
}

async function status(flags: InstanceFlags, print: Print): Promise<number> {
  const directory = instanceDirectory(flags.state, flags.name);
  const states = await Promise.all(
    wantedEngines(flags).map(async (engine) => ({
      engine,
      ...(await inspect(ENGINES[engine], engineDirectory(directory, engine))),
    })),
  );
  const rows = states.map(({ engine, state: condition, pid, port, problem }) => [
    engine,
    condition,
    pid === undefined ? '' : `pid ${pid}`,
    port === undefined ? '' : ENGINES[engine].url(port),
    problem ?? '',
  ]);
  print(renderTable(rows));
  return states.every(({ state: condition }) => condition === 'running') ? 0 : 1;
}

async function doctor(flags: PortFlags, env: Environment, print: Print): Promise<number> {
  const { only, ports } = select(flags, env);
  const findings = await examine(instanceDirectory(flags.state, flags.name), ports, only);
  print(renderTable(findings.map(({ verdict, subject, detail }) => [verdict, subject, detail])));
  const repairs = findings.flatMap(({ verdict, subject, fix }) =>
    verdict === 'ok' || !fix ? [] : [`  ${subject}: ${fix}`],
  );
  if (repairs.length > 0) print(`\nto fix:\n${repairs.join('\n')}`);
  return findings.some(isFatal) ? 1 : 0;
}

function withInstance(command: Command): Command {
  return command
    .option('--state <dir>', 'folder that holds the instances (default: .data-plane in the repository)')
    .option('--name <name>', 'name of the instance', 'dev')
    .option('--only <engines>', `comma-separated list of ${ENGINE_NAMES.join(', ')}`);
}

function withPorts(command: Command): Command {
  withInstance(command);
  for (const engine of ENGINE_NAMES) {
    command.option(`--${engine}-port <port>`, `default ${DEFAULT_PORTS[engine]}, or $${portVariable(engine)}`);
  }
  return command;
}

/** Returns the exit code. */
export async function runCommandLine(argv: readonly string[], env: Environment, print: Print): Promise<number> {
  let exitCode = 0;
  const program = new Command('data-plane')
    .description('Real Postgres, Redis, Kafka and ClickHouse without Docker')
    .exitOverride();
  program.configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: (text) => print(text.trimEnd()) });
  const add = <Flags>(command: Command, run: (flags: Flags) => Promise<number>): void => {
    command.exitOverride().action(async (flags: Flags) => {
      exitCode = await run(flags);
    });
  };
  add<PortFlags>(
    withPorts(program.command('up')).description('start what is not running, and wait until it is healthy'),
    (flags) => up(flags, env, print),
  );
  add<InstanceFlags & { all?: boolean }>(
    withInstance(program.command('down'))
      .option('--all', 'every instance in the state folder')
      .description('stop every process; data stays'),
    (flags) => down(flags, print),
  );
  add<InstanceFlags>(withInstance(program.command('status')).description('what runs where'), (flags) =>
    status(flags, print),
  );
  add<PortFlags>(
    withPorts(program.command('doctor')).description('what this machine lacks, and how to get it'),
    (flags) => doctor(flags, env, print),
  );
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    // commander has printed its own message already.
    if (error instanceof CommanderError) return error.exitCode;
    print((error as Error).message);
    return 1;
  }
  return exitCode;
}
