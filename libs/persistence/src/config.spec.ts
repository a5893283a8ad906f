import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { databaseConfig } from './config.ts';

describe('databaseConfig', () => {
  const schema = z.object(databaseConfig);

  it('defaults to the local data plane', () => {
    expect(schema.parse({})).toEqual({
      EVEYS_OCPP_DB_URL: 'postgresql://eveys:eveys@localhost:5432/eveys_ocpp',
      EVEYS_OCPP_DB_POOL_SIZE: 10,
    });
  });

  it('reads the pool size from text', () => {
    expect(schema.parse({ EVEYS_OCPP_DB_POOL_SIZE: '25' }).EVEYS_OCPP_DB_POOL_SIZE).toBe(25);
  });

  it.each([
    { EVEYS_OCPP_DB_URL: 'localhost:5432' },
    { EVEYS_OCPP_DB_POOL_SIZE: '0' },
    { EVEYS_OCPP_DB_POOL_SIZE: 'x' },
  ])('refuses %j and names the variable', (env) => {
    const result = schema.safeParse(env);
    expect(result.error?.issues.map((issue) => issue.path[0])).toEqual(Object.keys(env));
  });

  it('describes every variable', () => {
    for (const field of Object.values(databaseConfig)) expect(field.description).toMatch(/\S/);
  });
});
