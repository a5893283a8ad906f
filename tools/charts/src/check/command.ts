import { spawn } from 'node:child_process';
import { ROOT } from '@ocpp-gw/rig/settings';

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** Runs a program to its end. A program that fails is an answer, not an exception; one that cannot be started is. */
export function run(file: string, args: readonly string[], options: Options = {}): Promise<Output> {
  // Node's options are for this process; programs that run Node have their own.
  const { NODE_OPTIONS: _own, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: options.cwd ?? ROOT, env: { ...inherited, ...options.env } });
    const parts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (parts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (parts.stderr += text));
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...parts }));
  });
}

/** Runs a program that has to succeed. @throws with the end of what it said */
export async function mustRun(file: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { code, stdout, stderr } = await run(file, args, options);
  if (code !== 0) {
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n  ');
    throw new Error(`${[file, ...args].join(' ')} ended with ${code}:\n  ${said}`);
  }
  return stdout;
}
