import type { Answers } from './station.ts';

/** Authorization cache, transactions, remote control, cost, data transfer (OCPP 2.0.1 C, E, F, I, P). */
export const remoteControl = {
  ClearCache: () => ({ payload: { status: 'Accepted' } }),

  CostUpdated: ({ charger }, { totalCost, transactionId }) => {
    charger.log('cost updated', { transactionId, totalCost });
    return { payload: {} };
  },

  DataTransfer: (_, { vendorId }) => ({
    payload: { status: vendorId === 'ocpp-gw.simulator' ? 'Accepted' : 'UnknownVendorId' },
  }),

  GetTransactionStatus: ({ charger }, { transactionId }) => {
    const messagesInQueue = charger.queue.size > 0;
    // E14.FR.06: without an id only the queue is reported.
    if (transactionId === undefined) return { payload: { messagesInQueue } };
    const ongoingIndicator = charger.connectors.some(({ session }) => session?.transactionId === transactionId);
    return { payload: { ongoingIndicator, messagesInQueue } };
  },

  RequestStartTransaction: ({ charger, deviceModel }, { evseId, idToken, remoteStartId }) => {
    const connector = charger.freeConnector(idToken.idToken, evseId);
    // Notes 2.9: while Pending no remote start is taken.
    if (!connector || charger.registration !== 'Accepted') return { payload: { status: 'Rejected' } };
    const asks = deviceModel.get({ name: 'AuthCtrlr' }, { name: 'AuthorizeRemoteStart' }).value === 'true';
    charger.begin({
      connector,
      idToken: idToken.idToken,
      idTokenType: idToken.type,
      // C01.FR.02: a token of the CSMS itself needs no asking back.
      authorize: asks && idToken.type !== 'Central' && idToken.type !== 'NoAuthorization',
      remote: { remoteStartId },
    });
    return { payload: { status: 'Accepted' } };
  },

  RequestStopTransaction: ({ charger }, { transactionId }) => {
    const running = charger.connectors.find(({ session }) => session?.transactionId === transactionId)?.session;
    return {
      payload: { status: running ? 'Accepted' : 'Rejected' },
      after: () => running?.stop('Remote'),
    };
  },

  UnlockConnector: ({ charger }, { evseId, connectorId }) => {
    const connector = charger.connectors.find(({ number }) => number === evseId);
    if (!connector || connectorId !== 1) return { payload: { status: 'UnknownConnector' } };
    // F05.FR.02: with an authorized transaction the cable stays locked.
    return { payload: { status: connector.session ? 'OngoingAuthorizedTransaction' : 'Unlocked' } };
  },
} satisfies Partial<Answers>;
