import { describe, expect, it, jest } from '@jest/globals';
import {
  DuplicateChargePointError,
  type ChargePointChanges,
  type ChargePointRecord,
  type NewChargePoint,
} from '@ocpp-gw/persistence';
import { compare } from 'bcrypt';
import type { ProblemError } from '../problems/problem-error.ts';
import { chargePointRecord } from '../testdata/records.ts';
import { ChargePointAdmin } from './charge-points.ts';
import { settingsDigest } from './precondition.ts';
import type { ChargePointSettings } from './settings.ts';

const NO_REGISTRY = { evict: async () => undefined };

async function put(
  settings: ChargePointSettings,
  existing: ChargePointRecord | null,
): Promise<{ created?: NewChargePoint; changed?: ChargePointChanges }> {
  const create = jest.fn(async (_point: NewChargePoint) => chargePointRecord());
  const update = jest.fn(async (_cpId: string, _changes: ChargePointChanges) => true);
  await new ChargePointAdmin({ find: async () => existing, create, update }, NO_REGISTRY).put('CP-1', settings);
  return { created: create.mock.lastCall?.[0], changed: update.mock.lastCall?.[1] };
}

const given = (changes: object | undefined): object => JSON.parse(JSON.stringify(changes)) as object;

describe(ChargePointAdmin.name, () => {
  it('creates a charge point with its handshake settings', async () => {
    const { created } = await put({ assume_ocpp16: true, server_ping: false }, null);
    expect(created).toMatchObject({ cpId: 'CP-1', securityProfile: 0, assumeOcpp16: true, serverPing: false });
  });

  it('touches nothing that is not named: a handshake may have promoted a profile meanwhile', async () => {
    const { changed } = await put({ server_ping: false }, chargePointRecord());
    expect(given(changed)).toEqual({ serverPing: false });
  });

  it('ends an offered password by a new one, of which it keeps the hash', async () => {
    const { changed } = await put({ password: 'correct-horse-battery' }, chargePointRecord());
    expect(given(changed)).toEqual({ passwordHash: expect.any(String), offeredPasswordHash: null });
    expect(await compare('correct-horse-battery', changed?.passwordHash ?? '')).toBe(true);
  });

  it('ends an offered profile by naming one, be it the same', async () => {
    const { changed } = await put({ security_profile: 1 }, chargePointRecord({ offeredSecurityProfile: 2 }));
    expect(given(changed)).toEqual({ securityProfile: 1, offeredSecurityProfile: null });
  });

  it('F29 updates what another request has created meanwhile, and creates nothing twice', async () => {
    const found = [null, chargePointRecord({ securityProfile: 0 })];
    const update = jest.fn(async (_cpId: string, _changes: ChargePointChanges) => true);
    const create = async (): Promise<never> => {
      throw new DuplicateChargePointError('cp-1');
    };
    const admin = new ChargePointAdmin({ find: async () => found.shift() ?? null, create, update }, NO_REGISTRY);
    expect(await admin.put('cp-1', { password: 'correct-horse-battery', server_ping: false })).toBe('updated');
    const [cpId, changes] = update.mock.lastCall ?? [];
    expect([cpId, given(changes)]).toEqual([
      'CP-1',
      { passwordHash: expect.any(String), offeredPasswordHash: null, securityProfile: 1, serverPing: false },
    ]);
  });
});

describe('what an operator changes of a charge point', () => {
  const known = chargePointRecord({ tags: { site: 'berlin', floor: '1' } });
  const before = settingsDigest(known);

  function admin(records: readonly (ChargePointRecord | null)[], updated: readonly boolean[] = []) {
    const found = [...records];
    const results = [...updated];
    const last = found.at(-1) ?? null;
    const update = jest.fn(async (_cpId: string, _changes: ChargePointChanges, _since?: ChargePointRecord) => {
      return results.shift() ?? true;
    });
    const evict = jest.fn(async (_cpId: string) => undefined);
    const create = jest.fn(async (_point: NewChargePoint) => chargePointRecord());
    const find = async (): Promise<ChargePointRecord | null> => found.shift() ?? last;
    return { sut: new ChargePointAdmin({ find, create, update }, { evict }), update, evict, create };
  }

  const kindOf = (error: unknown): string => (error as ProblemError).kind;

  it('removes the password, and the one that is offered', async () => {
    const { sut, update } = admin([known]);
    await sut.patch('CP-1', { password: null, security_profile: 0 });
    expect(given(update.mock.lastCall?.[1])).toEqual({
      passwordHash: null,
      offeredPasswordHash: null,
      securityProfile: 0,
      offeredSecurityProfile: null,
    });
  });

  it('does not lower the security profile by itself when the password is removed', async () => {
    const { sut, update } = admin([known]);
    const refused = await sut.patch('CP-1', { password: null }).catch((error: unknown) => error as ProblemError);
    expect(refused).toMatchObject({ kind: 'invalid-body', errors: [{ pointer: '/password' }] });
    expect(update).not.toHaveBeenCalled();
  });

  it('merges tags, up to a number', async () => {
    const { sut, update } = admin([known]);
    await sut.patch('CP-1', { tags: { floor: null, operator: 'x' } });
    expect(given(update.mock.lastCall?.[1])).toEqual({ tagChanges: { floor: null, operator: 'x' } });
    const many = Object.fromEntries(Array.from({ length: 19 }, (_, n) => [`t${n}`, 'x']));
    expect(await sut.patch('CP-1', { tags: many }).catch(kindOf)).toBe('invalid-body');
    await sut.patch('CP-1', { tags: { ...many, floor: null } });
  });

  it('creates nothing by a patch', async () => {
    expect(await admin([null]).sut.patch('CP-9', { server_ping: true }).catch(kindOf)).toBe('charge-point-not-found');
  });

  it('holds only while the settings are those that the caller knows', async () => {
    const { sut, update } = admin([known]);
    await sut.patch('CP-1', { server_ping: false }, { ifMatch: ['other', before] });
    expect(update.mock.lastCall?.[2]).toBe(known);
    for (const precondition of [{ ifMatch: ['other'] }, { ifMatch: [] }])
      for (const change of [
        () => sut.patch('CP-1', {}, precondition),
        () => sut.put('CP-1', {}, precondition),
        () => sut.retire('CP-1', precondition),
        () => sut.restore('CP-1', precondition),
      ])
        expect(await change().catch(kindOf)).toBe('precondition-failed');
    expect(update).toHaveBeenCalledTimes(1);
  });

  it('changes credentials only where they are still what they were when they were checked', async () => {
    const { sut, update } = admin([known, { ...known, passwordHash: null, securityProfile: 0 }], [false]);
    expect(await sut.patch('CP-1', { security_profile: 2 }).catch(kindOf)).toBe('invalid-body');
    expect(update.mock.calls.map(([, , unchanged]) => unchanged)).toEqual([known]);
  });

  it('is refused when another request changes the settings at the same moment', async () => {
    const { sut } = admin([known, { ...known, serverPing: false }], [false]);
    expect(await sut.patch('CP-1', { tolerance: 'strict' }, { ifMatch: [before] }).catch(kindOf)).toBe(
      'precondition-failed',
    );
  });

  it('creates no charge point where one is expected, and updates none where none is', async () => {
    const missing = admin([null]);
    expect(await missing.sut.put('CP-9', {}, { ifMatch: '*' }).catch(kindOf)).toBe('precondition-failed');
    expect(missing.create).not.toHaveBeenCalled();
    expect(await missing.sut.put('CP-9', {}, { ifNew: true })).toBe('created');
    expect(await admin([known]).sut.put('CP-1', {}, { ifNew: true }).catch(kindOf)).toBe('precondition-failed');
  });

  it('retires it once, and ends its connection each time it is asked to', async () => {
    const { sut, update, evict } = admin([known, { ...known, retiredAt: new Date(0) }]);
    await sut.retire('cp-1');
    await sut.retire('cp-1');
    expect(update.mock.calls.map(([, changes]) => changes)).toEqual([{ retiredAt: expect.any(Date) }]);
    expect(evict.mock.calls).toEqual([['CP-1'], ['CP-1']]);
  });

  it('restores it once', async () => {
    const { sut, update } = admin([{ ...known, retiredAt: new Date(0) }, known]);
    await sut.restore('CP-1');
    await sut.restore('CP-1');
    expect(update.mock.calls.map(([, changes]) => changes)).toEqual([{ retiredAt: null }]);
  });
});

describe(settingsDigest.name, () => {
  it('changes with the settings, whatever the order of tags, and not with what the charge point reports', () => {
    const record = chargePointRecord({ tags: { a: '1', b: '2' } });
    const same = { ...record, tags: { b: '2', a: '1' }, vendor: 'V', lastSeenAt: new Date(), updatedAt: new Date() };
    expect(settingsDigest(same)).toBe(settingsDigest(record));
    for (const change of [{ passwordHash: 'x' }, { tags: {} }, { retiredAt: new Date() }, { serverPing: false }])
      expect(settingsDigest({ ...record, ...change })).not.toBe(settingsDigest(record));
  });
});
