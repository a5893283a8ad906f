import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway, GatewayProblem } from '@ocpp-gw/client';
import type { FakeCharger } from '@ocpp-gw/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { booted } from '../booted-charger.ts';
import { compilePackedClient } from '../packed-client.ts';
import { checkPythonTypes, generatePythonClient, runPythonClient } from '../python-client.ts';
import { TOKEN, type Stack } from '../stack.ts';
import { until } from '../until.ts';

/** Clients that were made from the API description, against the gateway. */
export function clientsSuite(stack: () => Stack): void {
  const baseUrl = (): string => stack().rest.replace('/api/v1', '');
  let station16: FakeCharger;
  let station201: FakeCharger;

  beforeAll(async () => {
    station16 = await booted(stack().edgeUrls[0], 'CLIENT-16', 'ocpp1.6');
    station201 = await booted(stack().edgeUrls[1], 'CLIENT-201', 'ocpp2.0.1');
    station16.answer('RemoteStartTransaction', () => ({ status: 'Accepted' }));
    station201.answer('RequestStartTransaction', () => ({ status: 'Rejected' }));
    const gateway = new Gateway({ baseUrl: baseUrl(), token: TOKEN });
    for (const cp_id of ['CLIENT-16', 'CLIENT-201'])
      await until(`${cp_id} to be online`, async () => {
        const { data } = await gateway.api.GET('/api/v1/charge-points/{cp_id}', { params: { path: { cp_id } } });
        expect(data?.online).toBe(true);
      });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([station16?.close(), station201?.close()]);
  });

  describe('@ocpp-gw/client', () => {
    it('sends a command to either protocol and waits for its end', async () => {
      const gateway = new Gateway({ baseUrl: baseUrl(), token: TOKEN });
      const accepted = await gateway.command('CLIENT-16', 'remote-start', { id_token: 'TSCLIENT', evse_id: 1 });
      expect(accepted).toMatchObject({ state: 'accepted', action: 'RemoteStartTransaction' });
      const rejected = await gateway.command('CLIENT-201', 'remote-start', { id_token: 'TSCLIENT', evse_id: 1 });
      expect(rejected).toMatchObject({ state: 'rejected', action: 'RequestStartTransaction' });
    });

    it('sends the same key once, and reads lists page by page', async () => {
      const gateway = new Gateway({ baseUrl: baseUrl(), token: TOKEN });
      const again = () =>
        gateway.command('CLIENT-16', 'remote-start', { id_token: 'ONCE' }, { idempotencyKey: 'client-once' });
      const [first, second] = await Promise.all([again(), again()]);
      expect(second.command_id).toBe(first.command_id);
      const ids = new Set<string>();
      const path = { cp_id: 'CLIENT-16' };
      for await (const { command_id } of gateway.list('/api/v1/charge-points/{cp_id}/commands', {
        path,
        query: { limit: 1 },
      }))
        ids.add(command_id);
      expect(ids.size).toBe(2);
    });

    it('throws typed problems', async () => {
      const gateway = new Gateway({ baseUrl: baseUrl(), token: TOKEN });
      await expect(gateway.command('NOBODY', 'clear-cache', {})).rejects.toMatchObject({
        name: 'GatewayProblem',
        type: 'urn:ocpp-gw:problem:charge-point-not-found',
      });
      const stranger = new Gateway({ baseUrl: baseUrl(), token: 'wrong' });
      await expect(stranger.api.GET('/api/v1/charge-points')).rejects.toThrow(GatewayProblem);
    });
  });

  it('the package @ocpp-gw/client compiles outside of the repository as its README uses it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packed-client-'));
    try {
      expect(await compilePackedClient(folder)).toBe('');
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);

  it('a generated Python client has right types, lists, commands, reads and gets typed problems', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'python-client-'));
    try {
      await generatePythonClient(folder);
      expect(await checkPythonTypes(folder)).toMatch(/^Success: no issues found/);
      expect(await runPythonClient(folder, { baseUrl: baseUrl(), token: TOKEN, cpId: 'CLIENT-16' })).toEqual([
        { step: 'listed', known: true },
        { step: 'started', status: 'Accepted', action: 'RemoteStartTransaction' },
        { step: 'read', state: 'accepted', request: expect.objectContaining({ id_token: 'PYCLIENT', evse_id: 1 }) },
        { step: 'unknown', problem: true, type: 'urn:ocpp-gw:problem:charge-point-not-found' },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 180_000);
}
