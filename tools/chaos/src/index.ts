export { commandDifferences } from './commands/checker.ts';
export { countedEnds } from './commands/facts.ts';
export { readCommands } from './commands/read.ts';
export { CommandTrickle } from './commands/trickle.ts';
export { readCalls, readTransactions, readView } from './reconciliation/sessions.ts';
export { Fleet, identities } from './fleet/fleet.ts';
export { Random } from './random.ts';
