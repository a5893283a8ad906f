import {
  COMMAND_BUS_VERSION,
  redisKeys,
  type BusEnvelope,
  type CommandEnvelope,
  type CommandOutcome,
  type ReplyEnvelope,
  type SupersededEnvelope,
} from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { ChannelSubscriptions } from './channel-subscriptions.ts';
import { readBusMessage } from './command-bus-messages.ts';
import type { RedisLogger } from './connection.ts';
import { whileAvailable } from './errors.ts';

/** Epoch in a reply to a command that no connection carried. */
const NO_CONNECTION = 0;

type Answer = Pick<ReplyEnvelope, 'epoch' | 'outcome' | 'recorded'>;

export interface CommandOwnerOptions {
  publisher: Redis;
  /** A connection used for nothing but subscriptions. */
  subscriber: Redis;
  logger: RedisLogger;
  /** Names this instance in the online registry, and in what it refuses. */
  pod: string;
  /**
   * Carries a command out; `epoch` is that of the connection that carried the CALL. `gone` is aborted when the caller has
   * gone: what has not been sent by then need not be. Null: somebody else carries it out, and answers.
   */
  onCommand: (envelope: CommandEnvelope, gone: AbortSignal) => Promise<Answer | null>;
  /** A connection of the charger with this epoch is authenticated, so every older one must be closed. */
  onSuperseded: (cpId: string, epoch: number) => void;
}

/** The owning side of the command bus: receives commands for exactly the chargers that are attached. */
export class CommandOwner {
  private readonly options: CommandOwnerOptions;
  private readonly subscriptions: ChannelSubscriptions;
  /** How often each command channel is attached. */
  private readonly attached = new Map<string, number>();
  /** Commands being carried out, by request. */
  private readonly running = new Map<string, AbortController>();

  constructor(options: CommandOwnerOptions) {
    this.options = options;
    this.subscriptions = new ChannelSubscriptions({
      subscriber: options.subscriber,
      logger: options.logger,
      whileAway: 'waits',
      onMessage: (channel, message) => {
        // The connection is shared with other subscribers.
        if (!channel.startsWith(redisKeys.command(''))) return;
        void this.onMessage(channel, message).catch((err: unknown) =>
          options.logger.error('command bus message failed', { channel, err }),
        );
      },
    });
  }

  start(): void {
    this.subscriptions.start();
  }

  async stop(): Promise<void> {
    this.attached.clear();
    await this.subscriptions.stop();
  }

  /**
   * Resolves once commands for the charger arrive here; while Redis is away, that is when it is back. Each call is paid
   * back by one {@link detach}, so that a charger's new connection may attach before its old one detaches.
   */
  async attach(cpId: string): Promise<void> {
    const channel = redisKeys.command(cpId);
    this.attached.set(channel, (this.attached.get(channel) ?? 0) + 1);
    await this.subscriptions.add(channel);
  }

  detach(cpId: string): void {
    const channel = redisKeys.command(cpId);
    const count = this.attached.get(channel) ?? 0;
    if (count === 0) return;
    if (count > 1) this.attached.set(channel, count - 1);
    else this.attached.delete(channel);
    this.subscriptions.remove(channel);
  }

  /**
   * Tells older owners of a charger, on whatever pod, that a newer connection exists. This instance hears it too.
   * @throws RedisUnavailableError
   */
  async announceSuperseded(cpId: string, epoch: number): Promise<void> {
    const envelope: SupersededEnvelope = { v: COMMAND_BUS_VERSION, type: 'superseded', cpId, epoch };
    await whileAvailable('announce a newer connection', () =>
      this.options.publisher.publish(redisKeys.command(cpId), JSON.stringify(envelope)),
    );
  }

  private async onMessage(channel: string, text: string): Promise<void> {
    const received = readBusMessage(text, channel, COMMAND_BUS_VERSION);
    if (received.kind === 'malformed') {
      this.options.logger.warn('malformed command ignored', { channel, reason: received.reason });
    } else if (received.kind === 'newer') {
      const { v, requestId, cpId } = received;
      this.options.logger.warn('command of a newer bus version refused', { channel, v });
      if (requestId !== undefined && cpId !== undefined) await this.reply(requestId, cpId, this.tooNew(v));
    } else if (received.kind === 'unreadable') {
      this.options.logger.warn('command refused: it is none of this build', { channel, reason: received.reason });
      await this.carryOut(received.message, this.unknown(received.reason));
    } else {
      await this.onEnvelope(channel, received.message);
    }
  }

  private async onEnvelope(channel: string, message: BusEnvelope): Promise<void> {
    switch (message.type) {
      case 'command':
        return this.carryOut(message);
      case 'cancel':
        return this.running.get(message.requestId)?.abort();
      case 'superseded':
        if (this.attached.has(channel)) this.options.onSuperseded(message.cpId, message.epoch);
    }
  }

  /** `refusal`: what the caller hears where this instance is the one that is asked. */
  private async carryOut(envelope: CommandEnvelope, refusal?: Answer): Promise<void> {
    const { requestId, cpId } = envelope;
    // Detached, with the UNSUBSCRIBE still under way: Redis counted us, so the caller must hear of it.
    if (!this.attached.has(redisKeys.command(cpId)))
      return this.reply(requestId, cpId, notCarried({ kind: 'offline' }));
    if (envelope.deadline <= Date.now()) return this.reply(requestId, cpId, notCarried({ kind: 'expired' }));
    // While a charger moves, its old and its new instance both receive the command. If both sent it, a start would start twice.
    if (envelope.pod !== undefined && envelope.pod !== this.options.pod)
      return this.reply(requestId, cpId, notCarried({ kind: 'moved' }));
    if (refusal) return this.reply(requestId, cpId, refusal);
    const gone = new AbortController();
    this.running.set(requestId, gone);
    try {
      const answer = await this.options.onCommand(envelope, gone.signal);
      if (answer) await this.reply(requestId, cpId, answer);
    } catch (err) {
      this.options.logger.error('command failed', { cpId, requestId, err });
      // Nobody knows how far it came.
      const reason = `${this.options.pod} failed while it carried the command out`;
      await this.reply(requestId, cpId, notCarried({ kind: 'refused', code: 'failed', reason }));
    } finally {
      this.running.delete(requestId);
    }
  }

  private tooNew(v: number): Answer {
    const reason = `${this.options.pod} reads the command bus up to version ${COMMAND_BUS_VERSION}, not ${v}: upgrade it`;
    return notCarried({ kind: 'refused', code: 'unsupported_version', reason });
  }

  private unknown(fault: string): Answer {
    const reason = `${this.options.pod} cannot read the command (${fault}): upgrade whichever of the two is older`;
    return notCarried({ kind: 'refused', code: 'unsupported_version', reason });
  }

  private async reply(requestId: string, cpId: string, answer: Answer): Promise<void> {
    const envelope: ReplyEnvelope = { v: COMMAND_BUS_VERSION, requestId, cpId, ...answer };
    try {
      await this.options.publisher.publish(redisKeys.reply(requestId), written(envelope));
    } catch (err) {
      // The caller learns of the loss by itself: its connection is to the same Redis.
      this.options.logger.warn('command reply lost', { cpId, requestId, outcome: answer.outcome.kind, err });
    }
  }
}

/** The answer of a charger may be such that it cannot be passed on, nested too deeply for instance. */
function written(envelope: ReplyEnvelope): string {
  try {
    return JSON.stringify(envelope);
  } catch {
    const { outcome } = envelope;
    const action = 'action' in outcome ? outcome.action : '';
    const reason = 'the gateway cannot pass it on: it cannot be written as JSON';
    return JSON.stringify({ ...envelope, outcome: { kind: 'invalidResult', action, reason, payload: null } });
  }
}

function notCarried(outcome: CommandOutcome): Answer {
  return { epoch: NO_CONNECTION, outcome };
}
