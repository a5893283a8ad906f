import type { Answers } from './station.ts';

/** Availability (OCPP 2.0.1 G). */
export const availability = {
  ChangeAvailability: ({ charger }, { evse, operationalStatus }) => {
    const connectors = charger.connectors.filter(({ number }) => evse === undefined || number === evse.id);
    if (connectors.length === 0 || (evse?.connectorId ?? 1) !== 1) return { payload: { status: 'Rejected' } };
    const operative = operationalStatus === 'Operative';
    for (const connector of connectors) {
      if (connector.session) connector.scheduledOperative = operative;
      else connector.operative = operative;
    }
    return {
      // G03.FR.05: scheduled while a transaction is ongoing.
      payload: { status: connectors.some(({ session }) => session) ? 'Scheduled' : 'Accepted' },
      after: async () => {
        for (const connector of connectors) await charger.reportStatus(connector);
      },
    };
  },
} satisfies Partial<Answers>;
