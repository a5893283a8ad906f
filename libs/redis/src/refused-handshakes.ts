import { identityKey, redisKeys, type RefusedHandshake } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';
import { whileAvailable } from './errors.ts';

/** The refusals of one reason that are kept: a flood for one reason does not take away those for another. */
const KEPT = 1_000;
const KEPT_MS = 7 * 24 * 3_600_000;
const FIELD = 'refused';

/** The handshakes that were refused, of all pods. The edge writes them, operators look up those of one identity. */
export class RefusedHandshakes {
  private readonly redis: Redis;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /** Best effort, and nobody waits for it. */
  record(refused: RefusedHandshake, logger: RedisLogger): void {
    const key = redisKeys.refusals(refused.reason);
    this.redis
      .multi()
      .sadd(redisKeys.refusalReasons, refused.reason)
      .xadd(key, 'MAXLEN', '~', KEPT, '*', FIELD, JSON.stringify(refused))
      .pexpire(key, KEPT_MS)
      .exec()
      .catch((err: unknown) => {
        logger.debug('refused handshake could not be written', { err });
      });
  }

  /**
   * Those of one identity, in any letter case, the latest first.
   * @throws RedisUnavailableError
   */
  async of(cpId: string, limit: number): Promise<RefusedHandshake[]> {
    const wanted = identityKey(cpId);
    const all = await this.list();
    return all.filter((refused) => identityKey(refused.cpId) === wanted).slice(0, limit);
  }

  /**
   * All of them, the latest first.
   * @throws RedisUnavailableError
   */
  async list(): Promise<RefusedHandshake[]> {
    const all = await whileAvailable('list refused handshakes', async () => {
      const reasons = await this.redis.smembers(redisKeys.refusalReasons);
      return Promise.all(
        reasons.map((reason) => this.redis.xrevrange(redisKeys.refusals(reason), '+', '-', 'COUNT', KEPT)),
      );
    });
    return all
      .flat()
      .map(([, fields]) => JSON.parse(fields[fields.indexOf(FIELD) + 1] ?? '') as RefusedHandshake)
      .sort((one, other) => other.at - one.at);
  }
}
