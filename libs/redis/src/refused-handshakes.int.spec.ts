import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { redisKeys, type RefusedHandshake } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import { Redis } from 'ioredis';
import { RefusedHandshakes } from './refused-handshakes.ts';

describe(RefusedHandshakes.name, () => {
  let plane: DataPlane;
  let redis: Redis;
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const refusal = (cpId: string, at: number, reason = 'wrong_credentials'): RefusedHandshake => ({
    ...{ cpId, at, pod: 'pod', source: '192.0.2.7', status: 401, reason, detail: 'the password is wrong' },
  });

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'refused-handshakes', ports: 'random', only: ['redis'] });
    redis = new Redis(plane.redisUrl);
  }, 120_000);

  afterAll(async () => {
    await redis.quit();
    await plane.stop();
  });

  it('gives those of one identity for all reasons, the latest first', async () => {
    const sut = new RefusedHandshakes(redis);
    for (const each of [refusal('CP1', 1), refusal('cp1', 3, 'timeout'), refusal('CP2', 2), refusal('CP1', 2)])
      sut.record(each, logger);
    const found = await eventually(
      () => sut.of('Cp1', 10),
      ({ length }) => length === 3,
    );
    expect(found.map(({ at, reason }) => [at, reason])).toEqual([
      [3, 'timeout'],
      [2, 'wrong_credentials'],
      [1, 'wrong_credentials'],
    ]);
    expect(await sut.of('CP1', 1)).toEqual([refusal('cp1', 3, 'timeout')]);
    expect(await sut.of('CP3', 10)).toEqual([]);
    expect((await sut.list()).map(({ at }) => at)).toEqual([3, 2, 2, 1]);
  });

  it('keeps a bounded number for each reason, so that a flood takes away no others', async () => {
    const sut = new RefusedHandshakes(redis);
    sut.record(refusal('RARE', 1, 'client_certificate_invalid'), logger);
    for (let n = 0; n < 3000; n += 1) sut.record(refusal(`FLOOD${n}`, n, 'unknown_charge_point'), logger);
    await eventually(async () => (await sut.of('FLOOD2999', 1)).length === 1);
    expect(await sut.of('RARE', 1)).toHaveLength(1);
    expect(await redis.xlen(redisKeys.refusals('unknown_charge_point'))).toBeLessThan(1_200);
    expect(await redis.pttl(redisKeys.refusals('unknown_charge_point'))).toBeGreaterThan(0);
  });
});
