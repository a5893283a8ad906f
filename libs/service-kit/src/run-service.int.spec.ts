import { afterAll, describe, expect, it } from '@jest/globals';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const children: ChildProcess[] = [];
const fixture = fileURLToPath(new URL('./testdata/minimal-service.mjs', import.meta.url));

function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [fixture], { env: { PATH: process.env['PATH'], ...env } });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  return { child, output: () => output };
}

afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

describe('runService', () => {
  it('stops the boot with every wrong variable by name', async () => {
    const { child, output } = start({ EVEYS_OCPP_METRICS_PORT: 'abc', EVEYS_OCPP_LOG_JSON: 'maybe' });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(output()).toMatch(/EVEYS_OCPP_METRICS_PORT/);
    expect(output()).toMatch(/EVEYS_OCPP_LOG_JSON/);
  });

  it('serves metrics, health and readiness, and drains at SIGTERM with exit code 0', async () => {
    const opsPort = await pickFreePort();
    const { child, output } = start({ EVEYS_OCPP_METRICS_PORT: String(opsPort) });
    const base = `http://127.0.0.1:${opsPort}`;
    await eventually(async () => (await fetch(`${base}/api/v1/ready`)).status === 200);
    expect((await fetch(`${base}/api/v1/health`)).status).toBe(200);
    const metrics = await fetch(`${base}/metrics`);
    // The format that can name traces.
    expect(metrics.headers.get('content-type')).toMatch('application/openmetrics-text');
    expect(await metrics.text()).toMatch(/process_cpu_user_seconds_total [^]*# EOF\n$/);
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await eventually(async () => (await fetch(`${base}/api/v1/ready`)).status === 503);
    child.stdin?.end();
    const [code] = (await closed) as [number];
    expect(code).toBe(0);
    expect(output()).toMatch(/drain step done/);
  });
});
