import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { ServiceProcess, sumOf } from './service-process.ts';

/** Ready as soon as it listens; ends by itself when asked to, and on SIGTERM with 0. */
const SCRIPT = `
process.on('SIGTERM', () => process.exit(0));
console.log('begins');
if (process.env.FAILS) process.exit(2);
require('node:http').createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  response.end(request.url === '/metrics' ? 'lag{topic="a"} 3\\nlag{topic="b"} 4\\n' : String(process.pid));
}).listen(process.env.PORT, '127.0.0.1');
`;

describe('ServiceProcess', () => {
  let directory: string;
  let port: number;
  let url: string;
  let service: ServiceProcess | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rig-service-'));
    await writeFile(join(directory, 'main.cjs'), SCRIPT);
    port = await pickFreePort();
    url = `http://127.0.0.1:${port}`;
  });

  afterEach(async () => {
    await service?.stop('SIGKILL');
    service = undefined;
    await rm(directory, { recursive: true });
  });

  const start = async (more: { restarts?: boolean; env?: Record<string, string> } = {}): Promise<ServiceProcess> => {
    const args = [join(directory, 'main.cjs')];
    const env = { PORT: String(port), ...more.env };
    service = await ServiceProcess.start({ name: 'tiny', args, readyUrl: url, directory, ...more, env });
    return service;
  };
  const pid = async (): Promise<number> => Number(await (await fetch(url)).text());

  it('is ready when start resolves, and gone when stop does', async () => {
    const { pid: started } = await start();
    expect(await pid()).toBe(started);
    expect(await service?.readiness()).toBe(200);
    expect(service?.output).toBe('begins\n');
    expect(await service?.stop()).toBe(0);
    expect(service?.running).toBe(false);
    await expect(pid()).rejects.toThrow('fetch failed');
  });

  it('starts again on its port, and keeps what it wrote before', async () => {
    const { pid: before } = await start();
    expect(await service?.stop('SIGKILL')).toBe('SIGKILL');
    await service?.launch();
    expect(await pid()).not.toBe(before);
    expect(service?.output).toBe('begins\nbegins\n');
  });

  it('fails at once, with what was written, when the process ends before it is ready', async () => {
    await expect(start({ env: { FAILS: 'yes' } })).rejects.toThrow(/^tiny ended with 2\nbegins/);
  });

  it('does not take the answer of another process for its own', async () => {
    const other = createServer((_, response) => response.end()).listen(port, '127.0.0.1');
    await once(other, 'listening');
    try {
      await expect(start()).rejects.toThrow(`tiny cannot start: port ${port} is held by pid ${process.pid}`);
    } finally {
      other.close();
    }
  });

  it('is started again when it ends unasked, where that is wanted', async () => {
    const { pid: before } = await start({ restarts: true });
    await fetch(`${url}/end`).catch(() => undefined);
    for (let after = before; after === before;) {
      await delay(50);
      after = await pid().catch(() => before);
    }
    expect(service?.ownExits).toBe(1);
  });

  it('stays away once it was stopped', async () => {
    await start({ restarts: true });
    await service?.stop('SIGKILL');
    await delay(800);
    await expect(pid()).rejects.toThrow('fetch failed');
    expect(service?.ownExits).toBe(0);
  });

  it('reads its metrics', async () => {
    await start();
    expect(await service?.metric('lag')).toBe(7);
    expect(await service?.metric('lag', 'topic="b"')).toBe(4);
  });
});

const text = `# HELP lag Messages
# TYPE lag gauge
lag{topic="cp.boot"} 3
lag{topic="cp.meter"} 1.5e1
lag_total 100
depth{state="pending"} 2
depth{state="dead"} 7
plain 4
seconds_bucket{le="1"} 9 # {trace_id="abc"} 0.5 1796000000.5
`;

describe('sumOf', () => {
  it.each([
    ['lag', '', 18],
    ['depth', 'state="pending"', 2],
    ['plain', '', 4],
    ['seconds_bucket', '', 9],
    ['absent', '', 0],
  ])('adds the samples of %s with %j', (metric, label, sum) => {
    expect(sumOf(text, metric, label)).toBe(sum);
  });
});
