import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';

/** Our own simulator, as `make simulator` runs it. */
export function runSimulator(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = resolve(ROOT, 'tools/charger-sim/src/main.ts');
  return new Promise((ended) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@ocpp-gw/source', main, ...args],
      { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => ended({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
