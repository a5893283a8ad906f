export { CommandCaller, type CommandCallerOptions, type SendOptions } from './command-caller.ts';
export { CommandOwner, type CommandOwnerOptions } from './command-owner.ts';
export { redisConfig } from './config.ts';
export { closeRedis, connectRedis, untilReady, type RedisLogger } from './connection.ts';
export { CommandInterruptedError, RedisUnavailableError } from './errors.ts';
export { IdempotencyCache } from './idempotency-cache.ts';
export {
  TransactionRequestCaller,
  TransactionRequestWorker,
  type TransactionRequestWorkerOptions,
} from './transaction-requests.ts';
export { OutboxWakes, type OutboxWakesOptions } from './outbox-wakes.ts';
export { OnlineRegistry, type Claim, type OwnedEntry } from './online-registry.ts';
export { PasswordProofs } from './password-proofs.ts';
export { ReconnectLoops } from './reconnect-loops.ts';
