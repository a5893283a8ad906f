import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { redisConfig } from './config.ts';

const schema = z.object(redisConfig);

describe('redisConfig', () => {
  it('defaults to a local Redis', () => {
    expect(schema.parse({})).toEqual({ EVEYS_OCPP_REDIS_URL: 'redis://localhost:6379/0' });
  });

  it.each(['redis://:secret@redis.example:6380/2', 'rediss://redis.example'])('takes %s', (url) => {
    expect(schema.safeParse({ EVEYS_OCPP_REDIS_URL: url }).success).toBe(true);
  });

  it.each(['localhost:6379', 'http://localhost', '', 'redis'])('refuses %p and says what to write', (url) => {
    const { error } = schema.safeParse({ EVEYS_OCPP_REDIS_URL: url });
    expect(error?.issues[0]?.message).toContain('redis://host:port/db');
  });
});
