import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { misbehavioursOf } from '@ocpp-gw/charger-sim';
import { Random } from '../random.ts';
import { MisbehavingCharger } from './misbehaving-charger.ts';
import { FakeCsms, type Reply } from './testdata/fake-csms.ts';

const USUAL: Record<string, Reply> = {
  BootNotification: { status: 'Accepted', interval: 300, currentTime: '2026-11-30T05:00:00Z' },
  Authorize: { idTagInfo: { status: 'Accepted' } },
  StartTransaction: { transactionId: 42, idTagInfo: { status: 'Accepted' } },
};

describe('MisbehavingCharger', () => {
  let csms: FakeCsms | undefined;
  let charger: MisbehavingCharger | undefined;

  afterEach(async () => {
    await charger?.stop();
    await csms?.stop();
  });

  async function begin(...names: string[]): Promise<{ csms: FakeCsms; charger: MisbehavingCharger }> {
    csms = await FakeCsms.start(({ action }) => USUAL[action] ?? {});
    charger = new MisbehavingCharger({
      cpId: 'CHAOS-0005',
      protocol: '1.6',
      misbehaviours: misbehavioursOf(names),
      door: { urls: [csms.url] },
      random: new Random(1),
      paceMs: 5,
      onRefused: () => undefined,
    });
    charger.start();
    return { csms, charger };
  }

  async function until(holds: () => boolean): Promise<void> {
    for (const giveUpAt = Date.now() + 5_000; !holds();) {
      if (Date.now() > giveUpAt) throw new Error('waited in vain');
      await delay(5);
    }
  }

  it('does sessions in its own way until it is told to finish, and logs who charged what', async () => {
    const { charger, csms } = await begin('repeat-stop');
    await until(() => charger.truth.filter(({ kind }) => kind === 'session').length >= 2);
    charger.finish();
    await until(() => charger.waiting === 0 && charger.isOpen);
    const sessions = charger.truth.filter((entry) => entry.kind === 'session');
    expect(csms.of('StartTransaction')).toHaveLength(sessions.length);
    expect(csms.of('StopTransaction')).toHaveLength(2 * sessions.length);
    expect(new Set(sessions.map(({ idToken }) => idToken)).size).toBe(sessions.length);
    expect(charger.complaints).toEqual([]);
  });

  it('remembers each DataTransfer that came', async () => {
    const { charger, csms } = await begin();
    await until(() => charger.isOpen);
    await csms.call('1', 'DataTransfer', { vendorId: 'chaos', data: 'm1' });
    expect(charger.transferred).toEqual(['m1']);
  });

  it('complains, by its misbehaviours, of what it could not do', async () => {
    charger = new MisbehavingCharger({
      cpId: 'CHAOS-0005',
      protocol: '1.6',
      misbehaviours: misbehavioursOf(['kwh']),
      door: { urls: ['ws://127.0.0.1:1'] },
      random: new Random(1),
      paceMs: 5,
      onRefused: () => undefined,
    });
    charger.start();
    await delay(50);
    expect(charger.complaints.map(({ kind }) => kind)).toEqual(['idle', 'disconnected']);
    expect(charger.complaints[0]?.what).toMatch(/\(kwh\); last trouble: connection failed/);
  });
});
