import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const children: ChildProcess[] = [];
const fixture = fileURLToPath(new URL('../testdata/minimal-service.mjs', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [fixture], { env: { PATH: process.env['PATH'], ...env } });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  return { child, output: () => output };
}

async function until<T>(probe: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await probe();
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

describe('runService', () => {
  it('stops the boot with every wrong variable by name', async () => {
    const { child, output } = start({ EVEYS_OCPP_METRICS_PORT: 'abc', EVEYS_OCPP_LOG_JSON: 'maybe' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(output()).toMatch(/EVEYS_OCPP_METRICS_PORT/);
    expect(output()).toMatch(/EVEYS_OCPP_LOG_JSON/);
  });

  it('serves metrics, health and readiness, and drains at SIGTERM with exit code 0', async () => {
    const opsPort = await freePort();
    const { child, output } = start({ EVEYS_OCPP_METRICS_PORT: String(opsPort) });
    const base = `http://127.0.0.1:${opsPort}`;
    await until(async () => expect((await fetch(`${base}/api/v1/ready`)).status).toBe(200));
    expect((await fetch(`${base}/api/v1/health`)).status).toBe(200);
    expect(await (await fetch(`${base}/metrics`)).text()).toMatch(/process_cpu_user_seconds_total/);
    child.kill('SIGTERM');
    await until(async () => expect((await fetch(`${base}/api/v1/ready`)).status).toBe(503));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(output()).toMatch(/drain step done/);
  });
});
