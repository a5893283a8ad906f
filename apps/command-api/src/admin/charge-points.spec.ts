import { describe, expect, it, jest } from '@jest/globals';
import {
  DuplicateChargePointError,
  type ChargePointChanges,
  type ChargePointRecord,
  type NewChargePoint,
} from '@ocpp-gw/persistence';
import { compare } from 'bcrypt';
import { chargePointRecord } from '../testdata/records.ts';
import { ChargePointAdmin } from './charge-points.ts';
import type { ChargePointSettings } from './settings.ts';

async function put(
  settings: ChargePointSettings,
  existing: ChargePointRecord | null,
): Promise<{ created?: NewChargePoint; changed?: ChargePointChanges }> {
  const create = jest.fn(async (_point: NewChargePoint) => chargePointRecord());
  const update = jest.fn(async (_cpId: string, _changes: ChargePointChanges) => true);
  await new ChargePointAdmin({ find: async () => existing, create, update }).put('CP-1', settings);
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
    const admin = new ChargePointAdmin({ find: async () => found.shift() ?? null, create, update });
    expect(await admin.put('cp-1', { password: 'correct-horse-battery', server_ping: false })).toBe('updated');
    const [cpId, changes] = update.mock.lastCall ?? [];
    expect([cpId, given(changes)]).toEqual([
      'CP-1',
      { passwordHash: expect.any(String), offeredPasswordHash: null, securityProfile: 1, serverPing: false },
    ]);
  });
});
