import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeTlsFiles, type TlsFiles } from '@ocpp-gw/testing';
import { Envoy } from './envoy.ts';

describe(Envoy.name, () => {
  let ready: Server;
  let tls: TlsFiles;
  let envoy: Envoy | undefined;

  beforeEach(async () => {
    ready = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(ready, 'listening');
    tls = await makeTlsFiles();
  });

  afterEach(async () => {
    await envoy?.stop();
    ready.closeAllConnections();
    ready.close();
    await tls.remove();
  });

  it('listens on the same port again after kill -9, though no pod is ready', async () => {
    const { port } = ready.address() as AddressInfo;
    envoy = await Envoy.start({ pods: [`127.0.0.1:7:${port}`], folder: tls.folder, serverName: tls.serverName });
    expect(await envoy.readyPods()).toEqual([7]);
    const url = envoy.plainUrl.replace('ws:', 'http:');
    const ask = async (): Promise<number> => (await fetch(url)).status;
    expect(await ask()).toBe(503);
    await envoy.stop('SIGKILL');
    await expect(ask()).rejects.toThrow('fetch failed');
    ready.closeAllConnections();
    ready.close();
    await envoy.launch();
    expect(await ask()).toBe(503);
    expect(await envoy.readyPods()).toEqual([]);
  });

  it('shows its readiness and its metrics on the ops port, and nothing else of the admin interface', async () => {
    const { port } = ready.address() as AddressInfo;
    envoy = await Envoy.start({ pods: [`127.0.0.1:7:${port}`], folder: tls.folder, serverName: tls.serverName });
    const { opsUrl } = envoy;
    const ask = async (path: string): Promise<number> => (await fetch(`${opsUrl}${path}`, { method: 'POST' })).status;
    expect((await fetch(`${opsUrl}/ready`)).status).toBe(200);
    expect(await (await fetch(`${opsUrl}/stats/prometheus`)).text()).toContain('envoy_http_downstream_cx_active');
    for (const path of ['/quitquitquit', '/stats/prometheus/../../quitquitquit', '/config_dump', '/ready/'])
      expect(await ask(path)).toBe(404);
  });
});
