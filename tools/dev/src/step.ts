import { spawn } from 'node:child_process';
import { ROOT } from '@ocpp-gw/rig';

/** Runs a command in the checkout with its output shown. Resolves to whether it ended with 0. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Announces a long step, runs it, says how it went and how long it took. */
export async function step(title: string, work: () => Promise<boolean>): Promise<boolean> {
  const startedAt = performance.now();
  console.log(`\n=== ${title}`);
  const ok = await work();
  console.log(`=== ${title}: ${ok ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return ok;
}
