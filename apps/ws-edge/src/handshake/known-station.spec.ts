import { describe, expect, it, jest } from '@jest/globals';
import type { ChargePointRecord, UsedOffer } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { KnownStations, type Station } from './known-station.ts';

function stations(answer: () => ChargePointRecord | null, allowUnknown = false) {
  const clock = { now: 0 };
  const find = jest.fn(() => new Promise<ChargePointRecord | null>((resolve) => resolve(answer())));
  const promote = jest.fn((_cpId: string, _used: UsedOffer) => Promise.resolve());
  const sut = new KnownStations({ find, promote, allowUnknown, cacheTtlMs: 5000, now: () => clock.now });
  return { sut, find, promote, clock };
}

describe(KnownStations.name, () => {
  it('goes on with the registered spelling (notes 2.6)', async () => {
    const { sut } = stations(() => chargePoint({ cpId: 'CP1' }));
    expect(await sut.check('cp1')).toMatchObject({ cpId: 'CP1' });
  });

  it('answers 404 to an unknown identity', async () => {
    expect(await stations(() => null).sut.check('CP1')).toMatchObject({ status: 404, reason: 'unknown_charge_point' });
  });

  it('refuses a retired charge point, even where unknown ones may come in, and admits it soon after it is restored', async () => {
    let stored = chargePoint({ cpId: 'CP1', registrationStatus: 'Accepted', retiredAt: new Date(0) });
    const { sut, find, clock } = stations(() => stored, true);
    expect(await sut.check('cp1')).toMatchObject({ status: 404, reason: 'retired_charge_point' });
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(1);
    stored = { ...stored, retiredAt: null };
    clock.now = 2000;
    expect(await sut.check('CP1')).toMatchObject({ cpId: 'CP1' });
  });

  it('lets an unknown identity in where the setting says so', async () => {
    expect(await stations(() => null, true).sut.check('cP1')).toEqual({ cpId: 'cP1', record: null });
  });

  it('refuses with 503 when the register cannot be read, even where unknown chargers may come in', async () => {
    const { sut } = stations(() => {
      throw new Error('down');
    }, true);
    expect(await sut.check('CP1')).toMatchObject({ status: 503, reason: 'dependency_away' });
  });

  it('asks once for as long as the cache holds, in whatever case', async () => {
    const { sut, find, clock } = stations(() => chargePoint({ cpId: 'CP1' }));
    await sut.check('CP1');
    await sut.check('cp1');
    expect(find).toHaveBeenCalledTimes(1);
    clock.now = 5000;
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('remembers absence for a shorter time', async () => {
    const { sut, find, clock } = stations(() => null);
    await sut.check('CP1');
    await sut.check('CP1');
    clock.now = 2000;
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['is not Accepted: it may be by now', { registrationStatus: 'Pending' }],
    ['is offered a password: it may have used it elsewhere', { offeredPasswordHash: 'new' }],
    ['is offered a profile: it may have used it elsewhere', { offeredSecurityProfile: 2 }],
  ] as const)('asks again about a station that %s', async (_, facts) => {
    const { sut, find } = stations(() => chargePoint({ cpId: 'CP1', ...facts }));
    await sut.check('CP1');
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('asks again after what is stored has changed', async () => {
    const { sut, find } = stations(() => chargePoint({ cpId: 'CP1' }));
    await sut.check('CP1');
    sut.forget('cp1');
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('is asked past its cache, and tells only of what changes who gets in', async () => {
    let stored: ChargePointRecord | null = chargePoint({ cpId: 'CP1' });
    const { sut } = stations(() => stored);
    const station = (await sut.check('CP1')) as Station;
    stored = { ...stored, vendor: 'Acme' };
    expect(await sut.recheck(station)).toBeNull();
    stored = { ...stored, passwordHash: 'new' };
    expect(await sut.recheck(station)).toMatchObject({ cpId: 'CP1', record: { passwordHash: 'new' } });
    stored = null;
    expect(await sut.recheck(station)).toMatchObject({ reason: 'unknown_charge_point' });
  });

  it('writes down what a station has used of what it was offered, and forgets what it knew', async () => {
    const { sut, find, promote } = stations(() => chargePoint({ cpId: 'CP1' }));
    await sut.check('CP1');
    await sut.promote('CP1', { securityProfile: 2 });
    expect(promote).toHaveBeenCalledWith('CP1', { securityProfile: 2 });
    await sut.check('CP1');
    expect(find).toHaveBeenCalledTimes(2);
  });
});
