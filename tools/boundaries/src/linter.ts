import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finding, Probe } from './probe.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Lints pieces of text as if they stood in the named files. A process of its own: ESLint, its TypeScript programs and
 * Nx's project graph are loaded as on the command line, not through Jest's module registry.
 */
export async function lint(probes: readonly Probe[]): Promise<Finding[][]> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('lint-process.ts', import.meta.url))], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A single-run TypeScript program would read the files from disk instead of the probes' text; and the project
    // graph must be fresh even when Nx runs this test.
    env: { ...process.env, TSESTREE_SINGLE_RUN: 'false', NX_DAEMON: 'false', NX_TASK_TARGET_PROJECT: '' },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  child.stdin.end(JSON.stringify(probes));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0 || errors) throw new Error(`the linter failed (exit ${code}):\n${errors}${output}`);
  return JSON.parse(output) as Finding[][];
}
