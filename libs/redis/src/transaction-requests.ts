import {
  redisKeys,
  TRANSACTION_REQUEST_VERSION,
  type TransactionRequest,
  type TransactionRequestEnvelope,
  type TransactionRequestReply,
} from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { ChannelSubscriptions } from './channel-subscriptions.ts';
import type { RedisLogger } from './connection.ts';
import { RedisUnavailableError, whileAvailable } from './errors.ts';

type Outcome = TransactionRequestReply['outcome'];

const ANSWER_WITHIN_MS = 10_000;
/** An idle worker asks again after this long, so that a dead connection is noticed. */
const WAIT_S = 2;
const RETRY_MS = 500;

/** The asking side of operators' requests. */
export class TransactionRequestCaller {
  private readonly publisher: Redis;
  private readonly subscriptions: ChannelSubscriptions;
  /** By reply channel. */
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();

  constructor({ publisher, subscriber, logger }: { publisher: Redis; subscriber: Redis; logger: RedisLogger }) {
    this.publisher = publisher;
    this.subscriptions = new ChannelSubscriptions({
      subscriber,
      logger,
      whileAway: 'fails',
      onMessage: (channel, text) => this.waiting.get(channel)?.((JSON.parse(text) as TransactionRequestReply).outcome),
    });
  }

  start(): void {
    this.subscriptions.start();
  }

  stop(): Promise<void> {
    return this.subscriptions.stop();
  }

  /**
   * @returns null when no instance has answered in time: it may or may not have been done
   * @throws RedisUnavailableError when nothing was sent
   */
  async ask(about: {
    cpId: string;
    protocol: string;
    by: string;
    request: TransactionRequest;
  }): Promise<Outcome | null> {
    const requestId = uuidv7();
    const envelope: TransactionRequestEnvelope = {
      v: TRANSACTION_REQUEST_VERSION,
      requestId,
      deadline: Date.now() + ANSWER_WITHIN_MS,
      ...about,
    };
    const channel = redisKeys.reply(requestId);
    const answered = Promise.withResolvers<Outcome>();
    this.waiting.set(channel, answered.resolve);
    try {
      await this.subscriptions.add(channel);
      if (this.publisher.status !== 'ready') throw new RedisUnavailableError('ask for a change of a transaction');
      await this.publisher.lpush(redisKeys.transactionRequests, JSON.stringify(envelope));
      return await Promise.race([answered.promise, sleep(ANSWER_WITHIN_MS, null, { ref: false })]);
    } finally {
      this.waiting.delete(channel);
      this.subscriptions.remove(channel);
    }
  }
}

export interface TransactionRequestWorkerOptions {
  redis: Redis;
  logger: RedisLogger;
  /** @returns whether anything was changed */
  carryOut: (envelope: TransactionRequestEnvelope) => Promise<boolean>;
}

/** Carries out operators' requests, one at a time; each is taken by one of the workers of the fleet. */
export class TransactionRequestWorker {
  private readonly options: TransactionRequestWorkerOptions;
  /** A connection of its own, because it blocks on the server. */
  private readonly connection: Redis;
  private stopping = false;
  private running: Promise<void> | undefined;

  constructor(options: TransactionRequestWorkerOptions) {
    this.options = options;
    this.connection = options.redis.duplicate();
    // Each failure shows in the call that met it.
    this.connection.on('error', () => undefined);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    // The connection blocks on the server, so a polite close would have to wait, too.
    this.connection.disconnect();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const taken = await this.connection.brpop(redisKeys.transactionRequests, WAIT_S);
        if (taken) await this.handle(taken[1]);
      } catch (err) {
        if (this.stopping) return;
        this.options.logger.debug('requests about transactions could not be read', { err });
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  private async handle(text: string): Promise<void> {
    const { logger, carryOut } = this.options;
    const envelope = JSON.parse(text) as TransactionRequestEnvelope;
    const { v, requestId, cpId, deadline, by, request } = envelope;
    if (v !== TRANSACTION_REQUEST_VERSION)
      return this.reply(requestId, { kind: 'failed', reason: `ws-edge reads version ${TRANSACTION_REQUEST_VERSION}` });
    // The caller has already got the answer that the request may be lost, so it must not be carried out now.
    if (deadline < Date.now()) return;
    try {
      const changed = await carryOut(envelope);
      logger.info('transaction changed by an operator', { cpId, requestId, by, request, changed });
      await this.reply(requestId, { kind: changed ? 'done' : 'unchanged' });
    } catch (err) {
      logger.error('request about a transaction failed', { cpId, requestId, by, request, err });
      await this.reply(requestId, { kind: 'failed', reason: err instanceof Error ? err.message : String(err) });
    }
  }

  private async reply(requestId: string, outcome: Outcome): Promise<void> {
    const reply: TransactionRequestReply = { v: TRANSACTION_REQUEST_VERSION, requestId, outcome };
    await whileAvailable('answer a request about a transaction', () =>
      this.options.redis.publish(redisKeys.reply(requestId), JSON.stringify(reply)),
    );
  }
}
