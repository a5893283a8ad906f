import { Command } from 'commander';
import { whole } from '../options.ts';

export interface MemoryBenchOptions {
  chargers: number;
  /** How long they are silent before it is measured. */
  seconds: number;
  /** Where heap snapshots go: before and after the chargers came. */
  snapshots?: string;
  /** More flags of node for the ws-edge. */
  flags: readonly string[];
}

export function memoryCommand(): Command {
  return new Command('bench-memory')
    .description('What an idle charger costs in memory, beside a bare WebSocket server')
    .option('--chargers <n>', 'that are connected, booted, and have a transaction', whole(1, 18_000), 5000)
    .option('--seconds <n>', 'of silence before it is measured', whole(1, 600), 45)
    .option('--snapshots <directory>', 'write V8 heap snapshots of before and after there; they take minutes')
    .option('--flags <flags>', 'of node for the ws-edge, separated by blanks', (text: string) => text.split(' '), []);
}

export function readMemoryOptions(argv: readonly string[], program = memoryCommand()): MemoryBenchOptions {
  return program.parse(argv, { from: 'user' }).opts<MemoryBenchOptions>();
}
