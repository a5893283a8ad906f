import type { CommandEnvelope, CommandOutcome } from '@ocpp-gw/contracts';
import { CommandOwner, OnlineRegistry, closeRedis, connectRedis, untilReady } from '@ocpp-gw/redis';

type Behaviour = (envelope: CommandEnvelope) => Promise<CommandOutcome>;

/** ws-edge as the bus sees it: the real owner side and the real registry, with chargers made of functions. */
export class Edge {
  private readonly chargers = new Map<string, Behaviour>();
  private readonly redis;
  private readonly subscriber;
  private readonly owner: CommandOwner;
  private readonly registry: OnlineRegistry;

  constructor(redisUrl: string) {
    const quiet = () => undefined;
    const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    this.redis = connectRedis(redisUrl, { name: 'edge', logger });
    this.subscriber = connectRedis(redisUrl, { name: 'edge commands', logger });
    this.registry = new OnlineRegistry(this.redis, { ttlMs: 60_000 });
    this.owner = new CommandOwner({
      publisher: this.redis,
      subscriber: this.subscriber,
      logger,
      pod: 'edge-test',
      onCommand: async (envelope) => ({
        epoch: 1,
        outcome: (await this.chargers.get(envelope.cpId)?.(envelope)) ?? { kind: 'offline' },
      }),
      onSuperseded: quiet,
    });
  }

  async start(): Promise<void> {
    await Promise.all([untilReady(this.redis, 5000), untilReady(this.subscriber, 5000)]);
    this.owner.start();
  }

  async connect(cpId: string, protocol: string, behaviour: Behaviour): Promise<void> {
    this.chargers.set(cpId, behaviour);
    const claim = { cpId, pod: 'edge-test', connectionId: `connection of ${cpId}`, protocol, now: Date.now() };
    await this.registry.claim(claim);
    await this.owner.attach(cpId);
  }

  async stop(): Promise<void> {
    await this.owner.stop();
    await Promise.all([closeRedis(this.redis), closeRedis(this.subscriber)]);
  }
}
