import type { CallContext, LookupName, Lookups, PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { StationMirror } from '@ocpp-gw/persistence';
import type { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import type { Authorizer } from '../backend/authorizer.ts';
import type { ChargingNeeds } from '../backend/charging-needs.ts';
import type { Costs } from '../backend/costs.ts';
import type { EvCertificates } from '../backend/ev-certificates.ts';
import type { Registrar } from '../backend/registrar.ts';
import type { ContractCertificates } from '../certificates/contract-certificates.ts';
import type { AskOcsp } from '../certificates/ocsp-client.ts';
import type { SigningRequests } from '../certificates/signing-requests.ts';
import type { DataTransfers } from '../data-transfer/data-transfers.ts';
import type { StationTransactions } from '../effects/index.ts';
import type { Caller } from './caller.ts';
import { limitingProfile } from './limiting-profile.ts';
import type { StationCommit } from './station-commit.ts';

type Resolvers = {
  [N in LookupName]: (
    query: Lookups[N]['query'],
    caller: Caller,
    context: CallContext,
  ) => Promise<Lookups[N]['answer']>;
};

interface Records {
  transactions: Pick<StationTransactions, 'start' | 'running' | 'since'>;
  ledgers: Pick<TransactionLedgers, 'chargesElsewhere'>;
  mirror: Pick<StationMirror, 'chargingProfiles'>;
  commit: StationCommit;
}

interface Deciders {
  registrar: Pick<Registrar, 'register'>;
  authorizer: Pick<Authorizer, 'authorize'>;
  dataTransfers: Pick<DataTransfers, 'answer'>;
  costs: Pick<Costs, 'cost'>;
  chargingNeeds: Pick<ChargingNeeds, 'answer'>;
  evCertificates: Pick<EvCertificates, 'request'>;
}

interface Checkers {
  ocsp: AskOcsp;
  contracts: Pick<ContractCertificates, 'check'>;
  signingRequests: Pick<SigningRequests, 'check'>;
}

/**
 * What the pipeline asks for, from wherever it is known. A lookup without an entry here breaks the build.
 * `concurrentTransactions`: whether a token may charge twice at once as far as the gateway is concerned.
 */
export function pipelinePorts(
  { transactions, ledgers, mirror, commit }: Records,
  { registrar, authorizer, dataTransfers, costs, chargingNeeds, evCertificates }: Deciders,
  { ocsp, contracts, signingRequests }: Checkers,
  concurrentTransactions: 'allow' | 'refuse',
): (caller: Caller) => PipelinePorts {
  const resolvers: Resolvers = {
    registration: (query, { peer, state: { registration } }) =>
      registrar.register(
        { cpId: peer.cpId, protocol: peer.protocol.dialect.subprotocol, persisted: registration },
        query,
      ),
    idToken: (query, { peer }, { now }) => authorizer.authorize(peer.cpId, query, now),
    transactionStart: (query, { peer }, { now }) => transactions.start(peer.cpId, query, now),
    concurrentTransaction: async ({ idToken, start }, { peer: { cpId } }) =>
      concurrentTransactions === 'refuse' &&
      (await ledgers.chargesElsewhere(idToken.idToken, { cpId, evseId: start.connectorId })),
    dataTransfer: (query, { peer }) => dataTransfers.answer(peer.cpId, query),
    signingRequest: (query, { peer }) => signingRequests.check(peer.cpId, query),
    certificateStatus: (query) => ocsp.ask(query),
    contractCertificate: (query, { peer }, { now }) => contracts.check(peer.cpId, query, now),
    evCertificate: (query, { peer }) => evCertificates.request(peer.cpId, query),
    chargingNeeds: (query, { peer }) =>
      chargingNeeds.answer(peer.cpId, query, () => transactions.running(peer.cpId, query.evseId)),
    transactionProfile: async ({ evseId }, { peer: { cpId } }, { now }) => {
      const transactionId = await transactions.running(cpId, evseId);
      if (transactionId === null) return null;
      return limitingProfile(await mirror.chargingProfiles(cpId), { evseId, transactionId }, now);
    },
    cost: async (query, { peer: { cpId } }) =>
      costs.cost(cpId, { ...query, ...(await transactions.since(cpId, query.transactionId, query.meterWh)) }),
  };
  return (caller) => ({
    resolve: (name, query, context) => resolvers[name](query, caller, context),
    commit: (decided, { now, messageId }) => commit(caller.peer, decided, now, { messageId }),
  });
}
