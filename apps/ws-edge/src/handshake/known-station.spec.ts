import { describe, expect, it, jest } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { KnownStations } from './known-station.ts';

function stations(answer: () => ChargePointRecord | null, allowUnknown = false) {
  const clock = { now: 0 };
  const find = jest.fn(() => new Promise<ChargePointRecord | null>((resolve) => resolve(answer())));
  const sut = new KnownStations({ find, allowUnknown, cacheTtlMs: 5000, now: () => clock.now });
  return { sut, find, clock };
}

describe(KnownStations.name, () => {
  it('goes on with the registered spelling (notes 2.6)', async () => {
    const { sut } = stations(() => chargePoint({ cpId: 'CP1' }));
    expect(await sut.check('cp1')).toMatchObject({ cpId: 'CP1' });
  });

  it('answers 404 to an unknown identity', async () => {
    expect(await stations(() => null).sut.check('CP1')).toMatchObject({ status: 404, reason: 'unknown_charge_point' });
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

  it('asks again about a station that is not Accepted: it may be by now', async () => {
    const { sut, find } = stations(() => chargePoint({ cpId: 'CP1', registrationStatus: 'Pending' }));
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
});
