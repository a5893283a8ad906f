import { describe, expect, it } from '@jest/globals';
import type { Acknowledged, KeptInPostgres } from '@ocpp-gw/chaos';
import { balance } from './balance.ts';

const message = (kind: Acknowledged['kind'], registerWh: number): Acknowledged => ({
  cpId: 'LOAD-1',
  transactionId: '7',
  kind,
  registerWh,
  samples: [],
});
const acknowledged = [message('started', 1_000_007), message('ended', 1_000_021)];
const kept = (meterLastWh: number, undelivered = {}): KeptInPostgres => ({
  transactions: [
    { cpId: 'LOAD-1', transactionId: '7', state: 'ended', meterStartWh: 1_000_007, meterLastWh },
    // Of somebody else, who is not ours to judge.
    { cpId: 'OTHER', transactionId: '8', state: 'active', meterStartWh: 1, meterLastWh: 1 },
    { cpId: 'OTHER', transactionId: '9', state: 'active', meterStartWh: 1, meterLastWh: 1 },
  ],
  numbered: [],
  undelivered,
});

describe('balance', () => {
  it('agrees when every transaction is there with its energy', async () => {
    expect(await balance(acknowledged, async () => kept(1_000_021))).toMatchObject({
      started: 1,
      ended: 1,
      events: 0,
      differences: [],
    });
  });

  it('waits until what is to be delivered is delivered', async () => {
    const states = [kept(1_000_021, { 'outbox rows': 3 }), kept(1_000_021)];
    const { differences } = await balance(acknowledged, async () => states.shift() ?? kept(1_000_021));
    expect(differences).toEqual([]);
    expect(states).toEqual([]);
  });

  it.each([
    ['other energy', kept(1_000_014), 'wrong'],
    ['no transaction', { ...kept(0), transactions: [] }, 'lost'],
    ['what is never delivered', kept(1_000_021, { 'outbox rows': 1 }), 'undelivered'],
  ])('says that there is %s', async (_, state, fault) => {
    const { differences } = await balance(acknowledged, async () => state, 0);
    expect(differences.map((one) => one.fault)).toContain(fault);
  });
});
