export { FACTS } from './facts.ts';
export { commandEntry, type CommandEnding } from '../command-event.ts';
export { writeCommands, type CommandChange, type EndedCommand } from './commands.ts';
export { writeConnections, writeHeard, type ConnectionHeard, type ConnectionSeen } from './connections.ts';
export { writeFacts, writesRows } from './write-facts.ts';
export {
  isKind,
  isTransaction,
  type Cause,
  type Decided,
  type Entry,
  type EntryOf,
  type Planned,
  type Station,
  type TransactionEffect,
  type TransactionEntry,
} from './entry.ts';
export { StaleFactsError } from './errors.ts';
export { TransactionLedgers } from './transaction-ledgers.ts';
export type { Written } from '../tables/writer.ts';
export { cleanText, int32, optionalInt32 } from '../column-values.ts';
