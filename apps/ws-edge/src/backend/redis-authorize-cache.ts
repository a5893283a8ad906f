import { redisKeys } from '@ocpp-gw/contracts';
import type { IdToken } from '@ocpp-gw/ocpp-j';
import type { Redis } from 'ioredis';
import type { AuthorizeCache } from './authorizer.ts';

/** The authorize cache that all pods share. */
export class RedisAuthorizeCache implements AuthorizeCache {
  constructor(private readonly redis: Redis) {}

  get({ idToken, type }: IdToken): Promise<string | null> {
    return this.redis.get(redisKeys.authorize(idToken, type));
  }

  async set({ idToken, type }: IdToken, text: string, ttlMs: number): Promise<void> {
    await this.redis.set(redisKeys.authorize(idToken, type), text, 'PX', ttlMs);
  }
}
