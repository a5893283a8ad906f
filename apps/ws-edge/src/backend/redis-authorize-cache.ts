import { redisKeys } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import type { AuthorizeCache } from './authorizer.ts';

/** The authorize cache that all pods share. */
export class RedisAuthorizeCache implements AuthorizeCache {
  constructor(private readonly redis: Redis) {}

  get(idToken: string): Promise<string | null> {
    return this.redis.get(redisKeys.authorize(idToken));
  }

  async set(idToken: string, text: string, ttlMs: number): Promise<void> {
    await this.redis.set(redisKeys.authorize(idToken), text, 'PX', ttlMs);
  }
}
