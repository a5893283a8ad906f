import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { Service } from './service.ts';

/** Ready as soon as it listens; ends by itself when asked to, and on SIGTERM with a code that it was asked for. */
const SCRIPT = `
let code = 0;
let ready = true;
process.on('SIGTERM', () => process.exit(code));
require('node:http').createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  if (request.url === '/break') code = 1;
  if (request.url === '/unready') ready = false;
  response.statusCode = ready ? 200 : 503;
  response.end(String(process.pid));
}).listen(process.env.EVEYS_OCPP_METRICS_PORT, '127.0.0.1');
`;

describe('Service', () => {
  let folder: string;
  let service: Service;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaos-service-'));
    const script = join(folder, 'main.cjs');
    await writeFile(script, SCRIPT);
    const opsPort = await pickFreePort();
    url = `http://127.0.0.1:${opsPort}`;
    service = new Service({ name: 'tiny', script, opsPort, env: {} });
    await service.start();
  });

  afterEach(async () => {
    await service.kill();
    await rm(folder, { recursive: true });
  });

  const pid = async (): Promise<string> => (await fetch(url)).text();

  it('is ready when start resolves, and gone when kill does', async () => {
    expect(Number(await pid())).toBeGreaterThan(0);
    await service.kill();
    await expect(pid()).rejects.toThrow('fetch failed');
  });

  it('stays away once it was killed, until it is started', async () => {
    const before = await pid();
    await service.kill();
    await delay(800);
    await expect(pid()).rejects.toThrow('fetch failed');
    await service.start();
    expect(await pid()).not.toBe(before);
    expect(service.ownExits).toBe(0);
  });

  it('drains on SIGTERM, and says which drain was not clean', async () => {
    await service.drain();
    await expect(pid()).rejects.toThrow('fetch failed');
    expect(service.uncleanDrains).toEqual([]);
    await service.start();
    await fetch(`${url}/break`);
    await service.drain();
    expect(service.uncleanDrains).toEqual(['ended with 1 after SIGTERM']);
  });

  it('does not take what fails by itself for a drain that was not clean', async () => {
    await fetch(`${url}/break`);
    await fetch(`${url}/unready`);
    await service.drain();
    expect(service.uncleanDrains).toEqual([]);
  });

  it('knows when it was away', async () => {
    const before = performance.now();
    await service.kill();
    expect(service.absences).toEqual([{ from: expect.any(Number), to: Infinity }]);
    await service.start();
    const [{ from = 0, to = 0 } = {}] = service.absences;
    expect([before, from, to, performance.now()].toSorted((one, other) => one - other)).toEqual([
      before,
      from,
      to,
      expect.any(Number),
    ]);
  });

  it('comes back when it ended by itself', async () => {
    const before = await pid();
    await fetch(`${url}/end`).catch(() => undefined);
    for (let after = before; after === before;) {
      await delay(50);
      after = await pid().catch(() => before);
    }
    expect(service.ownExits).toBe(1);
  });
});
