import { afterEach, describe, expect, it } from '@jest/globals';
import type { OnlineEntry } from '@ocpp-gw/contracts';
import { eventually } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { Presence, type PresenceOptions } from './presence.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

/** A registry and a bus in memory, both of which can be away. */
class Fleet {
  readonly calls: string[] = [];
  readonly owners = new Map<string, OnlineEntry>();
  away = false;
  /** When SUBSCRIBE and the claim take effect. */
  subscribed = Promise.resolve();
  claimed = Promise.resolve();
  readonly displaced: PresenceOptions['displaced'] = (cpId) => void this.calls.push(`displaced ${cpId}`);
  private epoch = 100;

  readonly registry: PresenceOptions['registry'] = {
    claim: async ({ cpId, pod, connectionId, protocol, now }) => {
      await this.reach();
      const previous = this.owners.get(cpId) ?? null;
      this.epoch += 1;
      this.owners.set(cpId, { pod, connectionId, protocol, epoch: this.epoch, since: now, lastSeen: now });
      this.calls.push(`claim ${cpId}`);
      const epoch = this.epoch;
      await this.claimed;
      return { epoch, previous };
    },
    refresh: async (entries) => {
      await this.reach();
      this.calls.push(`refresh ${entries.map(({ cpId }) => cpId).join()}`);
      return {
        lost: entries.filter(({ cpId, epoch }) => (this.owners.get(cpId)?.epoch ?? 0) > epoch).map((e) => e.cpId),
      };
    },
    release: async (cpId, epoch) => {
      await this.reach();
      if (this.owners.get(cpId)?.epoch !== epoch) return false;
      this.calls.push(`release ${cpId}`);
      return this.owners.delete(cpId);
    },
  };

  readonly owner: PresenceOptions['owner'] = {
    start: () => undefined,
    stop: () => Promise.resolve(),
    attach: (cpId) => {
      this.calls.push(`attach ${cpId}`);
      return this.subscribed;
    },
    detach: (cpId) => void this.calls.push(`detach ${cpId}`),
    announceSuperseded: (cpId) => Promise.resolve(void this.calls.push(`announce ${cpId}`)),
  };

  private async reach(): Promise<void> {
    await sleep(1);
    if (this.away) throw new Error('redis is away');
  }
}

async function start({ arrivalMs = 250 } = {}) {
  const fleet = new Fleet();
  edge = await TestEdge.start();
  const { sessions, logger } = edge;
  const sut = new Presence({ pod: 'pod-1', refreshMs: 10_000, arrivalMs, ...fleet, sessions, logger });
  sessions.subscribe(sut);
  return { sut, fleet, sessions, edge };
}

describe(Presence.name, () => {
  it('claims a charger, gives the session its epoch, and releases it at the end', async () => {
    const { sut, fleet, sessions, edge: running } = await start();
    const charger = await running.connect('CP1');
    await eventually(() => sessions.get('CP1')?.state.epoch === 101);
    expect(fleet.owners.get('CP1')).toMatchObject({ pod: 'pod-1', protocol: 'ocpp1.6' });
    await charger.wire.close();
    await eventually(() => fleet.calls.includes('release CP1'));
    await sut.stop();
    expect(fleet.calls).toEqual(['attach CP1', 'claim CP1', 'detach CP1', 'release CP1']);
  });

  it('announces itself to an owner on another pod, and not to one on its own', async () => {
    const { fleet, edge: running } = await start();
    fleet.owners.set('CP1', { pod: 'pod-2', connectionId: 'c', protocol: 'ocpp1.6', epoch: 1, since: 0, lastSeen: 0 });
    await running.connect('CP1');
    await eventually(() => fleet.calls.includes('announce CP1'));
    await running.connect('CP1');
    await eventually(() => fleet.owners.get('CP1')?.epoch === 102);
    await sleep(20);
    expect(fleet.calls.filter((calls) => calls.startsWith('announce'))).toHaveLength(1);
  });

  it('leaves the newer connection alone when the older one ends late', async () => {
    const { fleet, edge: running } = await start();
    const older = await running.connect('CP1');
    await eventually(() => running.sessions.get('CP1')?.state.epoch === 101);
    await running.connect('CP1');
    await older.closed;
    await eventually(() => fleet.owners.get('CP1')?.epoch === 102);
    await sleep(20);
    expect(fleet.calls).not.toContain('release CP1');
  });

  it('releases what the older connection held when the newer one ended before it claimed', async () => {
    const { fleet, sessions, edge: running } = await start();
    const older = await running.connect('CP1');
    await eventually(() => sessions.get('CP1')?.state.epoch === 101);
    const { promise, resolve } = Promise.withResolvers<void>();
    fleet.subscribed = promise;
    await running.connect('CP1');
    await older.closed;
    expect(fleet.owners.get('CP1')?.epoch).toBe(101);
    sessions.get('CP1')?.close(1000, 'gone');
    resolve();
    await eventually(() => fleet.owners.size === 0);
  });

  it('releases what it claims for a session that has ended meanwhile', async () => {
    const { fleet, sessions, edge: running } = await start();
    const { promise, resolve } = Promise.withResolvers<void>();
    fleet.claimed = promise;
    await running.connect('CP1');
    await eventually(() => fleet.owners.size === 1);
    sessions.get('CP1')?.close(1000, 'gone');
    resolve();
    await eventually(() => fleet.owners.size === 0);
  });

  it('closes a session that a newer connection elsewhere supersedes, and no other', async () => {
    const { sut, edge: running } = await start();
    const charger = await running.connect('CP1');
    await eventually(() => running.sessions.get('CP1')?.state.epoch === 101);
    sut.superseded('CP1', 101);
    sut.superseded('CP2', 999);
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    sut.superseded('CP1', 102);
    expect(await charger.closed).toMatchObject({ code: 1000 });
  });

  it('closes a session that was superseded before it knew its own epoch', async () => {
    const { sut, fleet, edge: running } = await start();
    const { promise, resolve } = Promise.withResolvers<void>();
    fleet.claimed = promise;
    const charger = await running.connect('CP1');
    await eventually(() => fleet.calls.includes('claim CP1'));
    sut.superseded('CP1', 102);
    sut.superseded('CP1', 101);
    resolve();
    expect(await charger.closed).toMatchObject({ code: 1000 });
  });

  it('claims a charger once it would hear of a newer connection, not before', async () => {
    const { sut, fleet, edge: running } = await start();
    const { promise, resolve } = Promise.withResolvers<void>();
    fleet.subscribed = promise;
    await running.connect('CP1');
    await sleep(20);
    await sut.refresh();
    expect(fleet.owners.size).toBe(0);
    resolve();
    await eventually(() => fleet.calls.includes('claim CP1'));
    expect(fleet.calls.filter((calls) => calls.startsWith('claim'))).toEqual(['claim CP1']);
  });

  it('answers a charger once commands reach it', async () => {
    const { fleet, edge: running } = await start({ arrivalMs: 60_000 });
    const { promise, resolve } = Promise.withResolvers<void>();
    fleet.subscribed = promise;
    const charger = await running.connect('CP1');
    let answered = false;
    const booted = charger.boot().then(() => (answered = true));
    await sleep(50);
    expect(answered).toBe(false);
    resolve();
    await booted;
    expect(fleet.owners.has('CP1')).toBe(true);
  });

  it('does not wait for long until commands reach a charger', async () => {
    const { fleet, edge: running } = await start();
    fleet.subscribed = new Promise(() => undefined);
    const charger = await running.connect('CP1');
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
    expect(fleet.owners.has('CP1')).toBe(false);
  });

  it('closes a session whose entry a newer connection owns', async () => {
    const { sut, fleet, edge: running } = await start();
    const charger = await running.connect('CP1');
    await eventually(() => running.sessions.get('CP1')?.state.epoch === 101);
    const entry = fleet.owners.get('CP1');
    if (entry) fleet.owners.set('CP1', { ...entry, pod: 'pod-2', epoch: 500 });
    await sut.refresh();
    expect(await charger.closed).toMatchObject({ code: 1000 });
    expect(fleet.owners.get('CP1')?.epoch).toBe(500);
  });

  it('keeps chargers while Redis is away, and claims them when it is back', async () => {
    const { sut, fleet, sessions, edge: running } = await start();
    fleet.away = true;
    const charger = await running.connect('CP1');
    await sut.refresh();
    expect(await charger.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
    expect(sessions.get('CP1')?.state.epoch).toBeNull();
    fleet.away = false;
    await sut.refresh();
    expect(sessions.get('CP1')?.state.epoch).toBe(101);
    await sut.refresh();
    expect(fleet.calls.at(-1)).toBe('refresh CP1');
  });

  it('refreshes on its own', async () => {
    const { fleet, edge: running } = await start();
    const { sessions, logger } = running;
    const sut = new Presence({ pod: 'pod-1', refreshMs: 10, arrivalMs: 250, ...fleet, sessions, logger });
    sut.start();
    await eventually(() => fleet.calls.length > 1);
    await sut.stop();
    const { length } = fleet.calls;
    await sleep(30);
    expect(fleet.calls).toHaveLength(length);
  });
});
