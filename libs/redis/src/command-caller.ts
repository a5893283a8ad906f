import {
  COMMAND_BUS_VERSION,
  COMMAND_CEILING_MS,
  redisKeys,
  type CancelEnvelope,
  type Command,
  type CommandEnvelope,
  type CommandOutcome,
  type ReplyEnvelope,
} from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
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
  /** UUIDv7. */
  commandId: string;
  /** Unix milliseconds; {@link COMMAND_CEILING_MS} from now at most. */
  deadline: number;
  /** The command may have been sent before: its owner takes it in Postgres first. */
  once?: true;
  /** The request that asks, for the owner's log and the history of commands. */
  origin?: CommandEnvelope['origin'];
  /** The charger's owner by the online registry; no other carries the command out. */
  pod?: string;
  traceparent?: string;
  /** Aborted when nobody waits for the outcome any more: a command that has not been sent to the charger is taken back. */
  gone?: AbortSignal;
}

export interface Ended {
  outcome: CommandOutcome;
  /** The owner has written the end of the command. */
  recorded: boolean;
}

/** The calling side of the command bus. */
export class CommandCaller {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly logger: RedisLogger;
  private readonly subscriptions: ChannelSubscriptions;
  /** By reply channel; several wait for a command that was asked for with the same idempotency key. */
  private readonly pending = new Map<string, Set<PendingCommand>>();

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
    for (const pending of this.everyPending()) pending.abandon();
    await this.subscriptions.stop();
  }

  /**
   * Sends a command to whoever owns the charger and waits for how it ended.
   * @throws RedisUnavailableError when Redis is away and nothing was sent
   * @throws CommandInterruptedError when Redis went away with the command under way
   * @throws TypeError | RangeError when the command cannot be written as JSON, before anything has left
   */
  async send(cpId: string, command: Command, options: SendOptions): Promise<Ended> {
    const { commandId: requestId, pod, traceparent, gone, once, origin } = options;
    const deadline = Math.min(options.deadline, Date.now() + COMMAND_CEILING_MS);
    const envelope: CommandEnvelope = {
      v: COMMAND_BUS_VERSION,
      type: 'command',
      requestId,
      cpId,
      deadline,
      command,
      ...(pod === undefined ? {} : { pod }),
      ...(traceparent === undefined ? {} : { traceparent }),
      ...(once === undefined ? {} : { once }),
      ...(origin === undefined ? {} : { origin }),
    };
    const text = JSON.stringify(envelope);
    const cancel = (): void => void this.cancel(cpId, requestId);
    try {
      return await this.listening(requestId, async (pending) => {
        if (gone?.aborted) return unrecorded({ kind: 'cancelled' });
        gone?.addEventListener('abort', cancel);
        const receivers = await this.publish(cpId, requestId, text);
        if (receivers === 0) return unrecorded({ kind: 'offline' });
        const ended = await pending.outcome(receivers, deadline - Date.now() + REPLY_GRACE_MS);
        if (ended) return ended;
        if (pending.interrupted) throw new CommandInterruptedError(requestId, cpId);
        return unrecorded({ kind: 'timeout', action: actionOf(command) });
      });
    } finally {
      gone?.removeEventListener('abort', cancel);
    }
  }

  /**
   * Waits for the end of a command that somebody else has sent. `known` is asked once its reply cannot be missed any more, and
   * ends the waiting by anything but null. `sending`, asked after it, is another way in which the waiting may end.
   * @throws RedisUnavailableError
   */
  async attend<Known>(
    commandId: string,
    waitMs: number,
    known: () => Promise<Known | null>,
    sending?: () => Promise<unknown> | undefined,
  ): Promise<Known | null> {
    return this.listening(commandId, async (pending) => {
      const found = await known();
      if (found !== null) return found;
      const sent = sending?.();
      await Promise.race([pending.outcome(1, waitMs), ...(sent ? [sent] : [])]);
      return null;
    });
  }

  private async listening<Result>(id: string, work: (pending: PendingCommand) => Promise<Result>): Promise<Result> {
    const channel = redisKeys.reply(id);
    const pending = new PendingCommand();
    const waiting = this.pending.get(channel) ?? new Set();
    this.pending.set(channel, waiting.add(pending));
    try {
      // Subscribed first: a reply may come before PUBLISH has returned.
      await this.subscriptions.add(channel);
      return await work(pending);
    } finally {
      // Nobody waits for it any more, and its timer should not either.
      pending.abandon();
      waiting.delete(pending);
      if (waiting.size === 0) this.pending.delete(channel);
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
      this.logger.warn('command could not be cancelled', { cpId, commandId: requestId, err });
    }
  }

  private tell(cpId: string, text: string): Promise<number> {
    return this.publisher.publish(redisKeys.command(cpId), text);
  }

  private onReply(channel: string, text: string): void {
    const waiting = this.pending.get(channel);
    if (!waiting) return;
    const commandId = channel.slice(redisKeys.reply('').length);
    const reply = readReply(text, commandId, COMMAND_BUS_VERSION);
    if (reply.kind === 'malformed')
      return this.logger.warn('malformed command reply ignored', { commandId, reason: reply.reason });
    const message = reply.kind === 'message' ? reply.message : newerReply(reply.v);
    for (const pending of waiting) pending.onReply(message);
  }

  private readonly interrupt = (): void => {
    for (const pending of this.everyPending()) pending.interrupted = true;
  };

  private everyPending(): PendingCommand[] {
    return [...this.pending.values()].flatMap((waiting) => [...waiting]);
  }
}

function unrecorded(outcome: CommandOutcome): Ended {
  return { outcome, recorded: false };
}

function newerReply(v: number): Pick<ReplyEnvelope, 'epoch' | 'outcome'> {
  const reason = `the owner replied in version ${v} of the command bus; this service reads up to ${COMMAND_BUS_VERSION}`;
  return { epoch: 0, outcome: { kind: 'refused', code: 'unsupported_version', reason } };
}
