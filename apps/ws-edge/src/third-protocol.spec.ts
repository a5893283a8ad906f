import { afterEach, describe, expect, it } from '@jest/globals';
import type { Command, CommandEnvelope } from '@ocpp-gw/contracts';
import { CommandExecutor } from './commands/command-executor.ts';
import { PROTOCOLS } from './protocols.ts';
import { TestEdge, type TestEdgeOptions } from './session/testdata/edge.ts';
import { chargePoint } from './testdata/charge-point.ts';
import { tinyProtocol } from './testdata/tiny-protocol.ts';

let edge: TestEdge;

afterEach(() => edge.stop());

const protocols = { spoken: [...PROTOCOLS.spoken, tinyProtocol], assumed: PROTOCOLS.assumed };

async function start(options: TestEdgeOptions = {}) {
  edge = await TestEdge.start({ protocols, ...options });
  const executor = new CommandExecutor({
    session: (cpId) => edge.sessions.get(cpId),
    log: { sent: () => undefined, command: () => Promise.resolve(true) },
    take: () => Promise.resolve(true),
    commit: async (_peer, effects) => {
      edge.committed.push(...effects);
      return { noted: [], after: [] };
    },
    metrics: edge.metrics,
    logger: edge.logger,
  });
  const ask = async (command: Command) => {
    const envelope: CommandEnvelope = {
      ...{ v: 1, type: 'command', requestId: 'r1', cpId: 'T1', command },
      deadline: Date.now() + 60_000,
    };
    return (await executor.carryOut(envelope))?.outcome;
  };
  return { ask };
}

describe('a protocol that the edge has never seen', () => {
  it('is served from the handshake to a command and its answer', async () => {
    const { ask } = await start();
    const charger = await edge.connect('T1', ['Tiny-3'], { client: { perMessageDeflate: true } });
    expect(charger.wire).toMatchObject({
      protocol: 'Tiny-3',
      extensions: expect.stringContaining('permessage-deflate'),
    });
    const booted = await charger.call('1', 'Hello', { maker: 'M' });
    expect(booted).toEqual({ result: '1', payload: { taken: 'Accepted', everySeconds: 60, at: expect.any(Number) } });
    expect(edge.sessions.get('T1')?.state.registration).toBe('Accepted');
    expect(await charger.call('2', 'Count', { count: 5 })).toEqual({ result: '2', payload: {} });
    const asked = ask({ kind: 'ClearCache' });
    const { call, ...request } = await charger.next();
    expect(request).toEqual({ action: 'Recount', payload: {} });
    charger.send([3, call, { status: 'Accepted' }]);
    expect(await asked).toMatchObject({ kind: 'result', action: 'Recount', status: 'Accepted' });
    expect(edge.committed).toEqual([
      expect.objectContaining({ kind: 'stationBooted', vendor: 'M' }),
      { kind: 'localListVersion', version: 5 },
      { kind: 'localListVersion', version: 0 },
    ]);
    expect(await edge.metric('connections', { protocol: 'tiny3' })).toBe(1);
  });

  it('says which identities it has, and how it reads passwords', async () => {
    const stations = { t1: chargePoint({ cpId: 'T1', passwordHash: 'secret', securityProfile: 1 }) };
    await start({ stations });
    await expect(edge.connect('CP1', ['tiny3'])).rejects.toThrow('400');
    await expect(edge.connect('T1', ['tiny3'], { password: 'secret' })).rejects.toThrow('401');
    await edge.connect('T1', ['tiny3'], { password: 'terces' });
  });

  it('refuses in its own words, and has its own gate', async () => {
    const { ask } = await start({ registration: 'Pending' });
    const charger = await edge.connect('T1', ['tiny3']);
    await charger.call('1', 'Hello', { maker: 'M' });
    expect(await charger.call('2', 'Other', {})).toMatchObject({ error: '2', code: 'unknown' });
    expect(await charger.call('3', 'Count', { count: 5 })).toMatchObject({
      code: 'early',
      description: expect.stringContaining('Hello'),
    });
    const asked = ask({ kind: 'ClearCache' });
    const { call } = await charger.next();
    charger.send([3, call, { status: 'Accepted' }]);
    await asked;
    expect(await charger.call('4', 'Count', { count: 5 })).toMatchObject({ result: '4' });
    expect(await ask({ kind: 'RemoteStop', transactionId: '1' })).toMatchObject({
      kind: 'notSupported',
      protocol: 'tiny3',
    });
  });

  it('answers its repetitions as before', async () => {
    const kept = new Map<string, string>();
    const cache = {
      find: (key: string) => Promise.resolve(kept.get(key) ?? null),
      keep: (key: string, answer: string) => void kept.set(key, answer),
    };
    await start({ cache });
    const charger = await edge.connect('T1', ['tiny3']);
    const first = await charger.call('1', 'Hello', { maker: 'M' });
    const again = await charger.call('1', 'Hello', { maker: 'M' });
    expect(again.payload).toEqual({ ...(first.payload as object), at: expect.any(Number) });
    await charger.call('2', 'Count', { count: 5 });
    await charger.call('2', 'Count', { count: 5 });
    expect(edge.committed.map(({ kind }) => kind)).toEqual(['stationBooted', 'localListVersion', 'localListVersion']);
  });

  it('is refused where it is not in the list', async () => {
    await start({ protocols: PROTOCOLS });
    await expect(edge.connect('T1', ['tiny3'])).rejects.toThrow('400');
  });

  it('gets the versions that are spoken when it offers another', async () => {
    await start({ protocols: { spoken: [tinyProtocol], assumed: null } });
    await edge.connect('T1', ['ocpp1.6', 'tiny3']);
    await expect(edge.connect('T1', ['ocpp1.6'])).rejects.toThrow('400');
  });
});
