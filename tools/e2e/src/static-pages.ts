import { ROOT } from '@ocpp-gw/rig/settings';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The pages of `make swagger-serve`, for the gateway at this address. */
export async function serveStaticPages(gateway: string, port: number): Promise<{ origin: string; stop: () => void }> {
  const args = [join(ROOT, 'tools/dev/src/swagger-site.ts'), '--gateway', gateway, '--serve', String(port)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = `http://localhost:${port}`;
  for (let said = ''; !said.includes(origin);) {
    const [chunk] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
    if (child.exitCode !== null) throw new Error(`the pages ended with ${child.exitCode}`);
    said += String(chunk);
  }
  return { origin, stop: () => void child.kill() };
}
