import type { Committed, Effect, FieldRuleId, Outcome } from '@ocpp-gw/ocpp-j';
import type { Cause } from '@ocpp-gw/persistence/facts';
import type { Effects } from '../effects/index.ts';
import type { Peer } from './peer.ts';

/** Injection token of {@link StationCommit}. */
export const STATION_COMMIT = Symbol('STATION_COMMIT');

/** Commits the effects of a message of a charge point, a CALL or an answer. Resolves after COMMIT. */
export type StationCommit = (peer: Peer, effects: readonly Effect[], now: Date, cause?: Cause) => Promise<Committed>;

/** The effects that change what the handshake checks. */
const DECIDES_HANDSHAKES: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>([
  'stationBooted',
  'password',
  'securityProfile',
]);

/** `stationChanged` is called when something that the handshake checks has changed. */
export function stationCommit(
  effects: Pick<Effects, 'commit'>,
  counted: (protocol: string, outcome: Outcome['is']) => void,
  stationChanged: (cpId: string) => void,
): StationCommit {
  return async ({ cpId, protocol }, decided, now, cause) => {
    const { subprotocol } = protocol.dialect;
    const { outcomes, doubtful } = await effects.commit({ cpId, protocol: subprotocol }, decided, now, cause);
    for (const outcome of outcomes) counted(subprotocol, outcome.is);
    if (decided.some(({ kind }) => DECIDES_HANDSHAKES.has(kind))) stationChanged(cpId);
    return {
      noted: outcomes.flatMap(behaviours),
      after: doubtful.map((transactionId) => ({ kind: 'GetTransactionStatus', transactionId })),
    };
  };
}

/** The deviations that show only once it is known which transaction a message means. */
function behaviours(outcome: Outcome): FieldRuleId[] {
  if (outcome.is === 'new' && outcome.reused) return ['transaction-id-reused'];
  if (outcome.is === 'correction') return ['transaction-corrected'];
  // A reading outside of a transaction is normal.
  return outcome.is === 'unassigned' && outcome.transactionId !== null ? ['stop-unassigned'] : [];
}
