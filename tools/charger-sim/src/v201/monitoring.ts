import { filled, message, parts } from './messages.ts';
import type { Answers } from './station.ts';

/** How many monitors one NotifyMonitoringReport carries. */
const REPORT_SIZE = 10;

/** Monitoring and customer information (OCPP 2.0.1 N). */
export const monitoring = {
  ClearVariableMonitoring: ({ monitors }, { id }) => {
    const results = id.map((each) => ({
      id: each,
      status: monitors.clear(each) ? ('Accepted' as const) : ('NotFound' as const),
    }));
    return { payload: { clearMonitoringResult: filled(results) } };
  },

  CustomerInformation: (
    { charger },
    { requestId, report, clear, customerIdentifier, idToken, customerCertificate },
  ) => {
    // N09.FR.02: the customer is named in one of three ways.
    if (!customerIdentifier && !idToken && !customerCertificate) return { payload: { status: 'Invalid' } };
    const customer = customerIdentifier ?? idToken?.idToken ?? customerCertificate?.serialNumber ?? '';
    const data = report ? `customer ${customer}: ${charger.sessions.length} sessions` : '';
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        if (!report && !clear) return;
        await charger.notify(
          message('NotifyCustomerInformation', {
            data: data.slice(0, 512),
            seqNo: 0,
            tbc: false,
            generatedAt: charger.clock().toISOString(),
            requestId,
          }),
        );
      },
    };
  },

  GetMonitoringReport: ({ charger, monitors }, { requestId, monitoringCriteria, componentVariable }) => {
    const found = monitors
      .list(monitoringCriteria)
      .filter(
        ({ component }) =>
          !componentVariable || componentVariable.some((asked) => asked.component.name === component.name),
      );
    if (found.length === 0) return { payload: { status: 'EmptyResultSet' } };
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        const messages = parts(found, REPORT_SIZE);
        for (const [seqNo, some] of messages.entries()) {
          const monitor = some.map(({ component, variable, id, transaction = false, value, type, severity }) => ({
            component,
            variable,
            variableMonitoring: filled([{ id, transaction, value, type, severity }]),
          }));
          await charger.notify(
            message('NotifyMonitoringReport', {
              monitor: filled(monitor),
              requestId,
              seqNo,
              tbc: seqNo < messages.length - 1,
              generatedAt: charger.clock().toISOString(),
            }),
          );
        }
      },
    };
  },

  SetMonitoringBase: ({ monitors }, { monitoringBase }) => {
    // N03: everything but All takes the custom monitors away; the simulator has no others.
    if (monitoringBase !== 'All') monitors.clearAll();
    return { payload: { status: 'Accepted' } };
  },

  // N02.FR.02: severities are 0 to 9.
  SetMonitoringLevel: (_, { severity }) => ({
    payload: { status: severity >= 0 && severity <= 9 ? 'Accepted' : 'Rejected' },
  }),

  SetVariableMonitoring: ({ deviceModel, monitors }, { setMonitoringData }) => {
    const results = setMonitoringData.map((setting) => {
      const { type, severity, component, variable } = setting;
      const known = deviceModel.has(component, variable);
      const monitor = known === 'Accepted' ? monitors.set(setting) : null;
      const status = known === 'Accepted' && !monitor ? ('Duplicate' as const) : known;
      return { ...(monitor ? { id: monitor.id } : {}), status, type, severity, component, variable };
    });
    return { payload: { setMonitoringResult: filled(results) } };
  },
} satisfies Partial<Answers>;
