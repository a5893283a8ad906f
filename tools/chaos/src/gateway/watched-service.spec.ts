import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { ServiceProcess } from '@ocpp-gw/rig';
import { WatchedService } from './watched-service.ts';

/** Ready as soon as it listens; ends on SIGTERM with a code that it was asked for. */
const SCRIPT = `
let code = 0;
let ready = true;
process.on('SIGTERM', () => process.exit(code));
require('node:http').createServer((request, response) => {
  if (request.url === '/break') code = 1;
  if (request.url === '/unready') ready = false;
  response.statusCode = ready ? 200 : 503;
  response.end();
}).listen(process.env.PORT, '127.0.0.1');
`;

describe('WatchedService', () => {
  let directory: string;
  let service: WatchedService;
  let url: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chaos-service-'));
    const script = join(directory, 'main.cjs');
    await writeFile(script, SCRIPT);
    const port = await pickFreePort();
    url = `http://127.0.0.1:${port}`;
    const env = { PORT: String(port) };
    const options = { name: 'tiny', args: [script], env, readyUrl: url, directory, restarts: true };
    service = new WatchedService('tiny', await ServiceProcess.start(options));
  });

  afterEach(async () => {
    await service.kill();
    await rm(directory, { recursive: true });
  });

  it('drains on SIGTERM, and says which drain was not clean', async () => {
    await service.drain();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
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
});
