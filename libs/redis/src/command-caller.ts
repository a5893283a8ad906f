import {
  COMMAND_BUS_VERSION,
  COMMAND_CEILING_MS,
  redisKeys,
  type CancelEnvelope,
  type Command,
  type CommandEnvelope,
  type CommandOutcome,
} from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { ChannelSubscriptions } from './channel-subscriptions.ts';
import { actionOf, readReply } from './command-bus-messages.ts';
import type { RedisLogger } from './connection.ts';
import { CommandInterruptedError, RedisUnavailableError, isErrorReply, isOwnFault, isUnsent } from './errors.ts';
import { PendingCommand } from './pending-command.ts';

/** The owner ends a command at its deadline, and its reply needs a moment to arrive. */
const REPLY_GRACE_MS = 500;

export interface CommandCallerOptions {
  publisher: Redis;
  /** A connection used for nothing but subscriptions. */
  subscriber: Redis;
  logger: RedisLogger;
}

export interface SendOptions {
  /** How long the charger may take; {@link COMMAND_CEILING_MS} at most. */
  timeoutMs: number;
  /** The charger's owner by the online registry; no other carries the command out. */
  pod?: string;
  traceparent?: string;
  /** Aborted when nobody waits for the outcome any more: a command that has not been sent to the charger is taken back. */
  gone?: AbortSignal;
}

/** The calling side of the command bus. */
export class CommandCaller {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly logger: RedisLogger;
  private readonly subscriptions: ChannelSubscriptions;
  /** By reply channel. */
  private readonly pending = new Map<string, { requestId: string; command: PendingCommand }>();

  constructor(options: CommandCallerOptions) {
    this.publisher = options.publisher;
    this.subscriber = options.subscriber;
    this.logger = options.logger;
    this.subscriptions = new ChannelSubscriptions({
      subscriber: options.subscriber,
      logger: options.logger,
      whileAway: 'fails',
      onMessage: (channel, message) => this.onReply(channel, message),
    });
  }

  start(): void {
    this.subscriber.on('close', this.interrupt);
    this.subscriptions.start();
  }

  async stop(): Promise<void> {
    this.subscriber.off('close', this.interrupt);
    for (const { command } of this.pending.values()) command.abandon();
    await this.subscriptions.stop();
  }

  /**
   * Sends a command to whoever owns the charger and waits for how it ended.
   * @throws RedisUnavailableError when Redis is away and nothing was sent
   * @throws CommandInterruptedError when Redis went away with the command under way
   * @throws TypeError | RangeError when the command cannot be written as JSON, before anything has left
   */
  async send(
    cpId: string,
    command: Command,
    options: SendOptions,
  ): Promise<{ requestId: string; outcome: CommandOutcome }> {
    const requestId = uuidv7();
    const deadline = Date.now() + Math.min(options.timeoutMs, COMMAND_CEILING_MS);
    const { pod, traceparent, gone } = options;
    const envelope: CommandEnvelope = {
      v: COMMAND_BUS_VERSION,
      type: 'command',
      requestId,
      cpId,
      deadline,
      command,
      ...(pod === undefined ? {} : { pod }),
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    const text = JSON.stringify(envelope);
    const channel = redisKeys.reply(requestId);
    const pending = new PendingCommand();
    const cancel = (): void => void this.cancel(cpId, requestId);
    this.pending.set(channel, { requestId, command: pending });
    try {
      // Subscribed first: a reply may come before PUBLISH has returned.
      await this.subscriptions.add(channel);
      if (gone?.aborted) return { requestId, outcome: { kind: 'cancelled' } };
      gone?.addEventListener('abort', cancel);
      const receivers = await this.publish(cpId, requestId, text);
      if (receivers === 0) return { requestId, outcome: { kind: 'offline' } };
      const outcome = await pending.outcome(receivers, deadline - Date.now() + REPLY_GRACE_MS);
      if (outcome) return { requestId, outcome };
      if (pending.interrupted) throw new CommandInterruptedError(requestId, cpId);
      return { requestId, outcome: { kind: 'timeout', action: actionOf(command) } };
    } finally {
      gone?.removeEventListener('abort', cancel);
      this.pending.delete(channel);
      this.subscriptions.remove(channel);
    }
  }

  private async publish(cpId: string, requestId: string, text: string): Promise<number> {
    if (this.publisher.status !== 'ready') throw new RedisUnavailableError('send a command');
    try {
      return await this.tell(cpId, text);
    } catch (cause) {
      if (isErrorReply(cause) || isUnsent(cause)) throw new RedisUnavailableError('send a command', { cause });
      if (isOwnFault(cause)) throw cause;
      // Written, and the connection died before Redis said how many got it.
      throw new CommandInterruptedError(requestId, cpId, { cause });
    }
  }

  /** On the connection that the command took, so that it comes after it. */
  private async cancel(cpId: string, requestId: string): Promise<void> {
    const envelope: CancelEnvelope = { v: COMMAND_BUS_VERSION, type: 'cancel', cpId, requestId };
    try {
      await this.tell(cpId, JSON.stringify(envelope));
    } catch (err) {
      this.logger.warn('command could not be cancelled', { cpId, requestId, err });
    }
  }

  private tell(cpId: string, text: string): Promise<number> {
    return this.publisher.publish(redisKeys.command(cpId), text);
  }

  private onReply(channel: string, text: string): void {
    const waiting = this.pending.get(channel);
    if (!waiting) return;
    const { requestId, command } = waiting;
    const reply = readReply(text, requestId, COMMAND_BUS_VERSION);
    switch (reply.kind) {
      case 'message':
        return command.onReply(reply.message);
      case 'newer':
        return command.onReply({
          epoch: 0,
          outcome: {
            kind: 'refused',
            code: 'UnsupportedVersion',
            reason: `the owner replied in version ${reply.v} of the command bus; this service reads up to ${COMMAND_BUS_VERSION}`,
          },
        });
      case 'malformed':
        this.logger.warn('malformed command reply ignored', { requestId, reason: reply.reason });
    }
  }

  private readonly interrupt = (): void => {
    for (const { command } of this.pending.values()) command.interrupted = true;
  };
}
