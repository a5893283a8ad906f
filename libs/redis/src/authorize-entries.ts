import { authorizeKeys } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { whileAvailable } from './errors.ts';

/** The cached answers of the backend about id tokens, which ws-edge keeps. */
export class AuthorizeEntries {
  private readonly redis: Redis;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /**
   * Removes the answers about a token of any type, and returns how many there were.
   * @throws RedisUnavailableError
   */
  remove(idToken: string): Promise<number> {
    return whileAvailable('remove authorize answers', () => this.redis.del(authorizeKeys(idToken)));
  }
}
