import type { CallContext, LookupName, Lookups, PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { Authorizer } from '../backend/authorizer.ts';
import type { Registrar } from '../backend/registrar.ts';
import { checkSigningRequest } from '../certificates/signing-request.ts';
import type { DataTransfers } from '../data-transfer/data-transfers.ts';
import type { TransactionLookups } from '../effects/index.ts';
import type { Session } from './session.ts';
import type { StationCommit } from './station-commit.ts';

type Resolvers = {
  [N in LookupName]: (
    query: Lookups[N]['query'],
    session: Session,
    context: CallContext,
  ) => Promise<Lookups[N]['answer']>;
};

interface Records {
  transactions: Pick<TransactionLookups, 'start' | 'find' | 'concurrent'>;
  commit: StationCommit;
}

interface Deciders {
  registrar: Pick<Registrar, 'register'>;
  authorizer: Pick<Authorizer, 'authorize'>;
  dataTransfers: Pick<DataTransfers, 'answer'>;
}

/**
 * What the pipeline asks for, from wherever it is known. A lookup without an entry here breaks the build.
 * `concurrentTransactions`: whether a token may charge twice at once as far as the gateway is concerned.
 */
export function pipelinePorts(
  { transactions, commit }: Records,
  { registrar, authorizer, dataTransfers }: Deciders,
  concurrentTransactions: 'allow' | 'refuse',
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
    concurrentTransaction: async (query, { peer }) =>
      concurrentTransactions === 'refuse' && (await transactions.concurrent(peer.cpId, query)),
    dataTransfer: (query, { peer }) => dataTransfers.answer(peer.cpId, query),
    signingRequest: ({ csr }) => Promise.resolve(checkSigningRequest(csr)),
  };
  return (session) => ({
    resolve: (name, query, context) => resolvers[name](query, session, context),
    commit: (decided, { now }) => commit(session, decided, now),
  });
}
