import type { Effect } from '@ocpp-gw/ocpp-j';
import type { Effects } from '../effects/index.ts';
import type { Session } from './session.ts';
import type { TransactionMemory } from './transaction-memory.ts';

/** Injection token of {@link StationCommit}. */
export const STATION_COMMIT = Symbol('STATION_COMMIT');

/** Makes durable what a charger's message established, a CALL's or an answer's; resolves after COMMIT. */
export type StationCommit = (session: Session, effects: readonly Effect[], now: Date) => Promise<void>;

/** What the door goes by. */
const KNOWN_AT_THE_DOOR: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>([
  'stationBooted',
  'password',
  'securityProfile',
]);

/** `stationChanged` hears when what the door knows of a station has changed. */
export function stationCommit(
  effects: Pick<Effects, 'commit'>,
  transactions: Pick<TransactionMemory, 'forgetChanged'>,
  stationChanged: (cpId: string) => void,
): StationCommit {
  return async (session, decided, now) => {
    const { cpId, protocol } = session.peer;
    await effects.commit({ cpId, protocol: protocol.dialect.subprotocol }, decided, now);
    transactions.forgetChanged(session, decided);
    if (decided.some(({ kind }) => KNOWN_AT_THE_DOOR.has(kind))) stationChanged(cpId);
  };
}
