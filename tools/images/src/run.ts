import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs a command to its end. @returns what it prints @throws Error with the end of its output */
export async function output(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  try {
    return (await run(file, args, { maxBuffer: OUTPUT_BYTES, ...options })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim().slice(-4000);
    throw new Error(`${file} ${args[0]} failed: ${said || message}`, { cause: error });
  }
}

/** Runs a command whose output the caller sees. @throws Error with its exit code */
export async function show(file: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<void> {
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new Error(`${file} ${args[0]} ended with ${code ?? signal}`);
}
