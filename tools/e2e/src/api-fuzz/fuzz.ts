import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { startTogether } from '@ocpp-gw/rig';
import { READ_TOKEN, TOKEN, startStack, type Stack } from '../stack.ts';
import { startFuzzChargers } from './chargers.ts';
import { fuzz, installSchemathesis, type FuzzResult, type FuzzRun } from './schemathesis.ts';

export interface FuzzOptions {
  /** Requests that are made up for each operation and phase. */
  examples: number;
  seed: number;
}

/** Where what was found is kept. */
export const FOLDER = join(ROOT, '.run/api-fuzz');

/** Starts a gateway with its chargers, and fuzzes it with every kind of token at the same time. */
export async function fuzzAll({ examples, seed }: FuzzOptions): Promise<FuzzResult[]> {
  await installSchemathesis();
  return withStack(async ({ rest }) => Promise.all(runsOf(examples, seed).map((run) => fuzz(rest, run, FOLDER))));
}

async function withStack<T>(use: (stack: Stack) => Promise<T>): Promise<T> {
  const running = await startTogether(async (started) => {
    const stack = await started.keep(startStack('api-fuzz'));
    await started.keep(startFuzzChargers(stack.edgeUrls[0]));
    return { stack };
  });
  return use(running.stack).finally(() => running.stop());
}

function runsOf(examples: number, seed: number): FuzzRun[] {
  const phases = ['examples', 'coverage', 'fuzzing', 'stateful'] as const;
  // Without the right to change anything there are no states to reach.
  const stateless = phases.slice(0, 3);
  return [
    { name: 'full-token', token: TOKEN, phases, examples, seed },
    { name: 'no-token', phases: stateless, examples, seed },
    { name: 'read-token', token: READ_TOKEN, phases: stateless, examples, seed },
  ];
}
