import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { makeCsr } from '@ocpp-gw/testing';
import { SigningRequests } from './signing-requests.ts';

const REQUESTS = new SigningRequests({
  find: async (cpId) => (cpId === 'NEW' ? null : ({ serialNumber: 'SN-0815' } as ChargePointRecord)),
  isNameOfAnother: async (_cpId, name) => name.toLowerCase() === 'cp-other',
});

async function check(cn: string | undefined, cpId = 'Depot-CP1', use: 'station' | 'V2G' = 'station') {
  const { csr } = await makeCsr({ ...(cn === undefined ? {} : { cn }), o: 'Eveys' } as Parameters<typeof makeCsr>[0]);
  return REQUESTS.check(cpId, { csr, use });
}

describe(SigningRequests.name, () => {
  it.each(['Depot-CP1', 'DEPOT-cp1', 'SN-0815', 'sn-0815'])('F26 takes a request for its own name: %s', async (cn) => {
    expect(await check(cn)).toMatchObject({ ok: true, key: { commonName: cn } });
  });

  it.each([
    ['CP-OTHER', 'station', /another charge point/],
    ['cp-other', 'V2G', /another charge point/],
    ['SN-0816', 'station', /neither the identity Depot-CP1 nor the serial number .*SN-0815/],
    ['Depot-CP', 'station', /neither/],
    ['*', 'station', /neither/],
    [' ', 'station', /one common name/],
    [' ', 'V2G', /one common name/],
  ] as const)('F26 refuses one for the name %j of a %s certificate and says why', async (cn, use, reason) => {
    expect(await check(cn, undefined, use)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('F26 refuses one of a station that has reported no serial number, but for its identity', async () => {
    expect(await check('SN-0815', 'NEW')).toMatchObject({ ok: false });
    expect(await check('new', 'NEW')).toMatchObject({ ok: true });
  });

  it('takes the name of a SECC in a request for a V2G certificate (ISO15118Ctrlr.SeccId)', async () => {
    expect(await check('DE*ABC*E1234', undefined, 'V2G')).toMatchObject({ ok: true });
  });

  it('refuses what is no sound request before it looks at the name', async () => {
    expect(await REQUESTS.check('CP1', { csr: 'none', use: 'station' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('PKCS#10'),
    });
  });
});
