import { Command, InvalidArgumentError, Option } from 'commander';
import { WORKLOADS, type WorkloadName } from './load/workloads.ts';

export interface BenchOptions {
  seconds: number;
  chargers: number;
  /** Messages a second in the open loop. */
  rate: number;
  /** One workload only: for a closer look. */
  only?: WorkloadName;
  /** That one in the open loop. */
  open?: boolean;
  /** Where V8 CPU profiles of the services go. */
  profile?: string;
}

/** Reads a whole number of a range. */
export function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`);
    return value;
  };
}

export function command(): Command {
  return new Command('bench')
    .description('CPU per message of the gateway beside servers that do less, and the latency of dispatch')
    .option('--seconds <n>', 'of load in each run; there are fourteen', whole(1, 60), 3)
    .option('--chargers <n>', 'sockets, each with one CALL at a time', whole(1, 2000), 64)
    .option('--rate <n>', 'messages a second in the open loop', whole(1, 10_000), 200)
    .addOption(new Option('--only <workload>', 'one workload, in the closed loop').choices(Object.keys(WORKLOADS)))
    .option('--open', 'with --only: in the open loop')
    .option('--profile <directory>', 'write V8 CPU profiles of the services there, to open in a browser');
}

export function readOptions(argv: readonly string[], program = command()): BenchOptions {
  return program.parse(argv, { from: 'user' }).opts<BenchOptions>();
}
