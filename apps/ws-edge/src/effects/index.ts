export { Effects, type Station } from './effects.ts';
export { StationRecorder, type CommandResult, type ConnectionChange } from './station.ts';
export { StationLookups, TransactionLookups } from './lookups.ts';
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay.ts';
export { BackendRelay, type BackendRelayOptions, type DeliverToBackend } from './backend-relay.ts';
export { Commit, type CommitOptions, type RelayedLane } from './commit.ts';
export { OutboxLimit } from './outbox-limit.ts';
export { StaleFactsError } from './errors.ts';
export type { RelayObserver } from './relay.ts';
