import { whole } from '@ocpp-gw/bench';
import { Command, InvalidArgumentError, Option } from 'commander';
import { processesFor, sourcesFor, type Version } from './plan/fleet.ts';
import { DEFAULT_MIX, readMix, type Mix } from './plan/mix.ts';
import { PHASES, readSeconds, type PhaseName } from './plan/phases.ts';

export interface LoadOptions {
  chargers: number;
  rate: number;
  seconds: number;
  secondsOf: Partial<Record<PhaseName, number>>;
  phases: readonly PhaseName[];
  mix: Mix;
  processes: number;
  seed: number;
  edges: number;
  versions: readonly Version[];
  sources: number;
  killEdge: boolean;
  out: string;
  /** Begins the identity of every charger; one of this run's own when absent. */
  prefix?: string;
  events: readonly string[];
  set: Readonly<Record<string, string>>;
  pin: boolean;
  profile?: string;
  target?: readonly string[];
  gateway?: string;
  token?: string;
}

interface Flags extends Omit<LoadOptions, 'seconds' | 'secondsOf' | 'processes' | 'sources'> {
  seconds: ReturnType<typeof readSeconds>;
  processes?: number;
  sources?: number;
}

const DEFAULT_SECONDS = 60;

export function command(): Command {
  const list = (text: string): string[] => text.split(',').filter(Boolean);
  const phases = PHASES.filter((name) => name !== 'kill-edge');
  return new Command('load-test')
    .description(
      'A day of a fleet in minutes: thousands of chargers boot, rest, charge, are commanded, and lose their connections, in an\n' +
        'open loop. Exits 0 only when nothing is lost and nothing was answered by an error.',
    )
    .option('--chargers <n>', 'how many', whole(1, 1_000_000), 1000)
    .option('--rate <n>', 'messages a second of all of them', whole(1, 100_000), 200)
    .option('--seconds <n>', 'of each phase; 60,steady=1800 is another one for steady', checked(readSeconds), {
      seconds: DEFAULT_SECONDS,
    })
    .option(
      '--phases <names>',
      `only these, separated by commas, of ${PHASES.join(', ')}; boot and end always are`,
      checked(readPhases),
      phases,
    )
    .option('--mix <weights>', 'what chargers send, such as Heartbeat=2,MeterValues=4', checked(readMix), DEFAULT_MIX)
    .option('--versions <names>', 'of OCPP, separated by commas', checked(readVersions), ['1.6', '2.0.1'])
    .option('--processes <n>', 'that hold the chargers; one for 9,000 when absent', whole(1, 64))
    .option(
      '--sources <n>',
      'addresses 127.0.0.2 and on that they connect from; one for 2,000 beyond 20,000 chargers when absent',
      whole(0, 60_000),
    )
    .option('--seed <n>', 'gives the same plan again', whole(0, 2 ** 31), 1)
    .option('--edges <n>', 'ws-edge of the stack that is started', whole(1, 16), 1)
    .option('--kill-edge', 'kill one of them with SIGKILL, and see when its chargers are back', false)
    .option('--events <names>', 'that the webhooks of the backend are subscribed to', list, ['tx.started', 'tx.ended'])
    .option('--set <NAME=value>', 'a setting of all services; may be given again', setting, {})
    .option('--pin', 'the stack on the first CPU alone, the generator on the others', false)
    .option('--profile <folder>', 'write V8 CPU profiles of the services there')
    .addOption(
      new Option(
        '--target <urls>',
        'ws://… of a gateway that runs, several separated by commas; none is started',
      ).argParser(list),
    )
    .option('--gateway <url>', 'its REST, http://…/api/v1')
    .option('--token <token>', 'for its REST')
    .option('--prefix <text>', 'begins the identity of every charger; one of its own for each run when absent')
    .option('--out <folder>', 'where report.json and report.html go', '.run/load-test');
}

export function readOptions(argv: readonly string[], program = command()): LoadOptions {
  const flags = program.parse(argv, { from: 'user' }).opts<Flags>();
  const { seconds, target, gateway, killEdge, edges } = flags;
  if ((target === undefined) !== (gateway === undefined)) program.error('--target and --gateway belong together.');
  if (killEdge && (target !== undefined || edges < 2))
    program.error('--kill-edge needs two --edges of a stack of its own.');
  return {
    ...flags,
    seconds: seconds.seconds ?? DEFAULT_SECONDS,
    secondsOf: seconds.secondsOf ?? {},
    processes: flags.processes ?? processesFor(flags.chargers),
    sources: flags.sources ?? sourcesFor(flags.chargers),
  };
}

function checked<Value>(read: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

function readPhases(text: string): PhaseName[] {
  return text.split(',').map((name) => {
    const phase = PHASES.find((one) => one === name);
    if (!phase) throw new RangeError(`Use names of ${PHASES.join(', ')}.`);
    return phase;
  });
}

function readVersions(text: string): Version[] {
  return text.split(',').map((name) => {
    if (name !== '1.6' && name !== '2.0.1') throw new RangeError('Use 1.6, 2.0.1, or both.');
    return name;
  });
}

function setting(text: string, before: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Use NAME=value.');
  return { ...before, [name]: value };
}
