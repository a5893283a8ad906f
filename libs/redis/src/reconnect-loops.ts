import { identityKey, redisKeys, type ReconnectLoop } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';
import { whileAvailable } from './errors.ts';

/** A loop that was not seen for so long is over. */
const OVER_AFTER_MS = 15 * 60_000;

/** Chargers that are held back for connecting over and over, of all pods. The edge writes them, operators list them. */
export class ReconnectLoops {
  private readonly redis: Redis;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /** Best effort, and nobody waits for it. */
  record(loop: ReconnectLoop, logger: RedisLogger): void {
    const key = redisKeys.reconnectLoops;
    const written = this.redis
      .multi()
      .hset(key, identityKey(loop.cpId), JSON.stringify(loop))
      .pexpire(key, OVER_AFTER_MS);
    written.exec().catch((err: unknown) => {
      logger.debug('reconnect loop could not be written', { err });
    });
  }

  /**
   * Those of the last 15 minutes, the latest first.
   * @throws RedisUnavailableError
   */
  async list(now = Date.now()): Promise<ReconnectLoop[]> {
    const stored = await whileAvailable('list reconnect loops', () => this.redis.hgetall(redisKeys.reconnectLoops));
    const loops = Object.values(stored).map((text) => JSON.parse(text) as ReconnectLoop);
    const over = loops.filter(({ last }) => now - last > OVER_AFTER_MS).map(({ cpId }) => identityKey(cpId));
    if (over.length > 0)
      await whileAvailable('forget reconnect loops', () => this.redis.hdel(redisKeys.reconnectLoops, ...over));
    return loops.filter(({ last }) => now - last <= OVER_AFTER_MS).sort((a, b) => b.last - a.last);
  }
}
