import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { GatewayClient } from '../grpc-client.ts';
import { until } from '../until.ts';
import { TOKEN, rest, type Stack } from '../stack.ts';

/** REST and gRPC to chargers that sit on different ws-edge processes. */
export function commandsSuite(stack: () => Stack): void {
  let onA: FakeCharger;
  let onB: FakeCharger;
  let grpc: GatewayClient;

  beforeAll(async () => {
    onA = await booted(stack().edgeUrls[0], 'CMD-16', 'ocpp1.6');
    onB = await booted(stack().edgeUrls[1], 'CMD-201', 'ocpp2.0.1');
    grpc = new GatewayClient(stack().grpcAddress);
  });

  afterAll(async () => {
    grpc?.close();
    await Promise.all([onA?.close(), onB?.close()]);
  });

  const post = (path: string, body: unknown): ReturnType<typeof rest> =>
    rest(stack(), 'POST', `/charge-points/${path}`, body);

  it('reaches each charger on whichever process holds it', async () => {
    onA.answer('RemoteStartTransaction', () => ({ status: 'Accepted' }));
    onB.answer('RequestStartTransaction', () => ({ status: 'Rejected' }));
    const start = { id_token: 'TAG', evse_id: 2 };
    expect(await post('CMD-16/commands/remote-start', start)).toMatchObject({
      status: 200,
      body: { status: 'Accepted' },
    });
    expect(await post('CMD-201/commands/remote-start', start)).toMatchObject({
      status: 200,
      body: { status: 'Rejected' },
    });
    const sent = (charger: FakeCharger, action: string): unknown =>
      charger.received.find((frame) => frame[2] === action)?.[3];
    expect(sent(onA, 'RemoteStartTransaction')).toEqual({ idTag: 'TAG', connectorId: 2 });
    expect(sent(onB, 'RequestStartTransaction')).toMatchObject({
      evseId: 2,
      idToken: { idToken: 'TAG', type: 'Central' },
      remoteStartId: expect.any(Number),
    });
  });

  it.each([
    ['CMD-16', 'remote-stop', { transaction_id: '12' }, 'RemoteStopTransaction', { transactionId: 12 }],
    ['CMD-16', 'reset', { type: 'Soft' }, 'Reset', { type: 'Soft' }],
    [
      'CMD-16',
      'change-availability',
      { operative: false, evse_id: 1 },
      'ChangeAvailability',
      { connectorId: 1, type: 'Inoperative' },
    ],
    ['CMD-201', 'remote-stop', { transaction_id: 'tx-1' }, 'RequestStopTransaction', { transactionId: 'tx-1' }],
    ['CMD-201', 'reset', { type: 'Hard', evse_id: 1 }, 'Reset', { type: 'Immediate', evseId: 1 }],
    ['CMD-201', 'change-availability', { operative: true }, 'ChangeAvailability', { operationalStatus: 'Operative' }],
  ])("sends %s %s in its protocol's words", async (cpId, command, body, action, payload) => {
    const charger = cpId === 'CMD-16' ? onA : onB;
    charger.answer(action, () => ({ status: 'Accepted' }));
    expect(await post(`${cpId}/commands/${command}`, body)).toMatchObject({
      status: 200,
      body: { status: 'Accepted' },
    });
    expect(charger.received).toContainEqual([2, expect.any(String), action, payload]);
  });

  it("sends any action of the charger's protocol through the generic route", async () => {
    onB.answer('GetLocalListVersion', () => ({ versionNumber: 7 }));
    expect(await post('CMD-201/calls/GetLocalListVersion', {})).toMatchObject({
      status: 200,
      body: { versionNumber: 7 },
    });
  });

  it('refuses a generic payload that breaks the schema before it travels, naming the field', async () => {
    const before = onB.received.length;
    const answer = await post('CMD-201/calls/GetVariables', { getVariableData: [] });
    expect(answer.status).toBe(422);
    expect(answer.type).toMatch(/application\/problem\+json/);
    expect(JSON.stringify(answer.body)).toContain('getVariableData');
    expect(onB.received).toHaveLength(before);
  });

  it("answers 409 to an action that the charger's protocol does not have", async () => {
    expect(await post('CMD-16/calls/GetVariables', { getVariableData: [] })).toMatchObject({ status: 409 });
  });

  it('answers 502 with the code when the charger answers CALLERROR', async () => {
    onA.answer('ClearCache', (_, id) => [4, id, 'NotSupported', 'no cache here', {}]);
    const answer = await post('CMD-16/calls/ClearCache', {});
    expect(answer.status).toBe(502);
    expect(JSON.stringify(answer.body)).toMatch(/NotSupported.*no cache here/);
  });

  it('answers 504 at the deadline when the charger stays silent, and the charger can still be commanded', async () => {
    const silent = await booted(stack().edgeUrls[0], 'CMD-SILENT', 'ocpp1.6');
    const began = performance.now();
    expect(await post('CMD-SILENT/commands/reset', { type: 'Soft', timeout_s: 1 })).toMatchObject({ status: 504 });
    expect(performance.now() - began).toBeLessThan(3000);
    silent.answer('Reset', () => ({ status: 'Accepted' }));
    expect(await post('CMD-SILENT/commands/reset', { type: 'Soft', timeout_s: 5 })).toMatchObject({ status: 200 });
    await silent.close();
  });

  it('keeps answering heartbeats while a command waits', async () => {
    const charger = await booted(stack().edgeUrls[1], 'CMD-LANES', 'ocpp1.6');
    const pending = post('CMD-LANES/commands/reset', { type: 'Soft', timeout_s: 3 });
    expect(await charger.next()).toContain('Reset');
    const began = performance.now();
    expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
    expect(performance.now() - began).toBeLessThan(1000);
    await charger.close();
    expect((await pending).status).not.toBe(200);
  });

  it('answers 409 at once for a charger that is not connected', async () => {
    const charger = await booted(stack().edgeUrls[0], 'CMD-GONE', 'ocpp1.6');
    await charger.close();
    await until('the charger to be seen offline', async () => {
      const startedAt = performance.now();
      expect(await post('CMD-GONE/commands/reset', { type: 'Soft' })).toMatchObject({ status: 409 });
      expect(performance.now() - startedAt).toBeLessThan(1000);
    });
  });

  it('answers 404 for an unknown charger', async () => {
    expect(await post('NOBODY/commands/reset', { type: 'Soft' })).toMatchObject({ status: 404 });
  });

  describe('over gRPC', () => {
    it('starts remotely, with the same answer as REST', async () => {
      expect(await grpc.call('RemoteStart', { cp_id: 'CMD-16', id_token: 'TAG', evse_id: 1 }, TOKEN)).toMatchObject({
        status: 'Accepted',
      });
      expect(await grpc.call('Reset', { cp_id: 'CMD-16', type: 'RESET_TYPE_SOFT' }, TOKEN)).toMatchObject({
        status: 'Accepted',
      });
      expect(await grpc.call('RemoteStop', { cp_id: 'CMD-201', transaction_id: 'tx-1' }, TOKEN)).toMatchObject({
        status: 'Accepted',
      });
      expect(await grpc.call('ChangeAvailability', { cp_id: 'CMD-201', operative: true }, TOKEN)).toMatchObject({
        status: 'Accepted',
      });
    });

    it.each([
      ['UNAUTHENTICATED', 16, 'CMD-16', ''],
      ['NOT_FOUND', 5, 'NOBODY', TOKEN],
      ['FAILED_PRECONDITION', 9, 'CMD-GONE', TOKEN],
    ])('answers %s where REST refuses', async (_, code, cpId, token) => {
      await expect(grpc.call('Reset', { cp_id: cpId, type: 'RESET_TYPE_SOFT' }, token)).rejects.toMatchObject({ code });
    });
  });
}
