export { commandDifferences } from './commands/checker.ts';
export { nameOfEnd } from './commands/facts.ts';
export { CommandTrickle } from './commands/trickle.ts';
export { readCalls, readTransactions, readView } from './reconciliation/sessions.ts';
export { Fleet, identities } from './fleet/fleet.ts';
export { Random } from './random.ts';
