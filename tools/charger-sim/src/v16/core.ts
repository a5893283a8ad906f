import type { Answers } from './station.ts';

/** Core profile (OCPP 1.6 chapter 5). */
export const core = {
  ChangeAvailability: ({ charger }, { connectorId, type }) => {
    const connectors = charger.connectors.filter(({ number }) => connectorId === 0 || number === connectorId);
    if (connectors.length === 0) return { payload: { status: 'Rejected' } };
    const operative = type === 'Operative';
    for (const connector of connectors) {
      if (connector.session) connector.scheduledOperative = operative;
      else connector.operative = operative;
    }
    // 5.2: with a transaction in progress the change is scheduled until it has ended.
    const status = connectors.some(({ session }) => session) ? 'Scheduled' : 'Accepted';
    return {
      payload: { status },
      after: async () => {
        if (connectorId === 0 && status === 'Accepted') {
          const whole = charger.station.status(null);
          if (whole) await charger.notify(whole);
        }
        for (const connector of connectors) await charger.reportStatus(connector);
      },
    };
  },

  ChangeConfiguration: ({ charger, configuration }, { key, value }) => {
    const status = configuration.change(key, value);
    // Whitepaper A01: the charge point reconnects with the new password.
    const renews = status === 'Accepted' && key.toLowerCase() === 'authorizationkey';
    return { payload: { status }, after: () => (renews ? charger.reconnect('new AuthorizationKey') : undefined) };
  },

  ClearCache: () => ({ payload: { status: 'Accepted' } }),

  DataTransfer: (_, { vendorId }) => ({
    payload: { status: vendorId === 'ocpp-gw.simulator' ? 'Accepted' : 'UnknownVendorId' },
  }),

  GetConfiguration: ({ configuration }, { key }) => {
    const { known, unknown } = configuration.list(key);
    return { payload: { configurationKey: known, ...(unknown.length > 0 ? { unknownKey: unknown } : {}) } };
  },

  RemoteStartTransaction: ({ charger, configuration }, { connectorId, idTag }) => {
    const connector = charger.freeConnector(idTag, connectorId);
    // Notes 2.9: while Pending no remote start is taken.
    if (!connector || charger.registration !== 'Accepted') return { payload: { status: 'Rejected' } };
    const authorize = configuration.get('AuthorizeRemoteTxRequests') === 'true';
    charger.begin({ connector, idToken: idTag, authorize, remote: {} });
    return { payload: { status: 'Accepted' } };
  },

  RemoteStopTransaction: ({ charger }, { transactionId }) => {
    const wanted = String(transactionId);
    const running = charger.connectors.find(({ session }) => session?.transactionId === wanted)?.session;
    return {
      payload: { status: running ? 'Accepted' : 'Rejected' },
      after: () => running?.stop('Remote'),
    };
  },

  Reset: ({ charger }, { type }) => ({
    payload: { status: 'Accepted' },
    after: () => charger.reboot('RemoteReset', type === 'Hard' ? 'HardReset' : 'SoftReset'),
  }),

  UnlockConnector: ({ charger }, { connectorId }) => {
    const connector = charger.connectors.find(({ number }) => number === connectorId);
    // Notes 2.10: an unknown connector is NotSupported.
    if (!connector) return { payload: { status: 'NotSupported' } };
    return { payload: { status: 'Unlocked' }, after: () => connector.session?.stop('UnlockCommand') };
  },
} satisfies Partial<Answers>;
