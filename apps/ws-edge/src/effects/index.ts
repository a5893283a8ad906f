export { DeviationRecorder, type DeviationsOf, type Inventory } from './deviations.ts';
export { Effects, type Committed } from './effects.ts';
export { StationRecorder, type CommandEnd, type ConnectionChange } from './station.ts';
export { carryOutRequests } from './transactions/operator-requests.ts';
export { silence } from './transactions/silence.ts';
export { StationTransactions } from './transactions/station-transactions.ts';
export { Commit } from './commit.ts';
export { OutboxLimit } from './outbox-limit.ts';
