import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '@ocpp-gw/rig/settings';

/** A command that understands `compose`: what is run, and what stands before its own arguments. */
export interface Engine {
  readonly command: string;
  readonly args: readonly string[];
}

interface Candidate extends Engine {
  /** Every one of them succeeds where the command is there, knows compose, and has an engine behind it. */
  readonly questions: readonly (readonly string[])[];
}

const CANDIDATES: readonly Candidate[] = [
  { command: 'docker', args: ['compose'], questions: [['compose', 'version'], ['info']] },
  { command: 'podman', args: ['compose'], questions: [['compose', 'version'], ['info']] },
];

const ASK_MS = 20_000;

export const NO_ENGINE =
  'No container engine with compose answers here (`docker compose version` and `docker info`, or the same of podman, fail). ' +
  'Use `make up`, which runs the same engines and services as plain processes; `make image-smoke` tries the images themselves.';

/** Whether a command ends well. */
export type Succeeds = (command: string, args: readonly string[]) => Promise<boolean>;

const succeeds: Succeeds = async (command, args) => {
  try {
    await promisify(execFile)(command, args, { timeout: ASK_MS });
    return true;
  } catch {
    return false;
  }
};

/** @throws Error that says what to use instead */
export async function findEngine(ask: Succeeds = succeeds): Promise<Engine> {
  for (const { command, args, questions } of CANDIDATES) {
    let usable = true;
    for (const question of questions) usable &&= await ask(command, question);
    if (usable) return { command, args };
  }
  throw new Error(NO_ENGINE);
}

/** Runs compose commands on files of docker/. */
export class Compose {
  readonly #engine: Engine;
  readonly #files: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  constructor(engine: Engine, files: readonly string[], env: NodeJS.ProcessEnv) {
    this.#engine = engine;
    this.#files = files;
    this.#env = env;
  }

  /** Shows what the command prints. Resolves to whether it ended with 0. */
  show(...args: readonly string[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#engine.command, this.#all(args), { cwd: ROOT, env: this.#env, stdio: 'inherit' });
      child.on('error', reject);
      child.on('exit', (code) => resolve(code === 0));
    });
  }

  /** @returns what the command prints @throws Error with its output when it fails */
  async read(...args: readonly string[]): Promise<string> {
    const options = { cwd: ROOT, env: this.#env, maxBuffer: 64 * 1024 * 1024 };
    return (await promisify(execFile)(this.#engine.command, this.#all(args), options)).stdout;
  }

  #all(args: readonly string[]): string[] {
    return [...this.#engine.args, ...this.#files.flatMap((file) => ['--file', file]), ...args];
  }
}
