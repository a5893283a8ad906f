import type { CallContext, Effect, LookupName, Lookups, PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { Authorizer } from '../backend/authorizer.ts';
import type { Registrar } from '../backend/registrar.ts';
import type { Effects, TransactionLookups } from '../effects/index.ts';
import type { Session } from './session.ts';

type Resolvers = {
  [N in LookupName]: (
    query: Lookups[N]['query'],
    session: Session,
    context: CallContext,
  ) => Promise<Lookups[N]['answer']>;
};

interface Records {
  transactions: Pick<TransactionLookups, 'start' | 'find'>;
  effects: Pick<Effects, 'commit'>;
}

interface Deciders {
  registrar: Pick<Registrar, 'register'>;
  authorizer: Pick<Authorizer, 'authorize'>;
}

/**
 * What the pipeline asks for, from wherever it is known. A lookup without an entry here breaks the build.
 * `stationChanged` hears when what is stored of a station has changed.
 */
export function pipelinePorts(
  { transactions, effects }: Records,
  { registrar, authorizer }: Deciders,
  stationChanged: (cpId: string) => void,
): (session: Session) => PipelinePorts {
  const resolvers: Resolvers = {
    registration: (query, { peer, registration }) =>
      registrar.register(
        { cpId: peer.cpId, protocol: peer.protocol.dialect.subprotocol, persisted: registration },
        query,
      ),
    idToken: (query, { peer }, { now }) => authorizer.authorize(peer.cpId, query, now),
    transactionStart: (query, { peer }) => transactions.start(peer.cpId, query),
    transaction: (query, { peer }) => transactions.find(peer.cpId, query),
  };
  return (session) => ({
    resolve: (name, query, context) => resolvers[name](query, session, context),
    commit: async (decided: readonly Effect[], { now }: CallContext) => {
      const { cpId, protocol } = session.peer;
      await effects.commit({ cpId, protocol: protocol.dialect.subprotocol }, decided, now);
      if (decided.some(({ kind }) => kind === 'stationBooted')) stationChanged(cpId);
    },
  });
}
