import type { ChargerPort } from '../charger-port.ts';
import { filled, message, parts, type Request } from './messages.ts';
import type { Answers } from './station.ts';

/** How many variables one NotifyReport carries. */
const REPORT_SIZE = 10;

async function report(
  charger: ChargerPort,
  requestId: number,
  data: NonNullable<Request<'NotifyReport'>['reportData']>,
): Promise<void> {
  const messages = parts(data, REPORT_SIZE);
  for (const [seqNo, reportData] of messages.entries()) {
    const tbc = seqNo < messages.length - 1;
    await charger.notify(
      message('NotifyReport', {
        requestId,
        generatedAt: charger.clock().toISOString(),
        seqNo,
        tbc,
        reportData,
      }),
    );
  }
}

/** Provisioning (OCPP 2.0.1 B). */
export const provisioning = {
  GetBaseReport: ({ charger, deviceModel }, { requestId, reportBase }) => ({
    payload: { status: 'Accepted' },
    after: () => report(charger, requestId, deviceModel.report(reportBase)),
  }),

  GetReport: ({ charger, deviceModel }, { requestId, componentVariable, componentCriteria }) => {
    // No component of the simulator is in trouble; every one is active, available and enabled.
    const none = componentCriteria?.every((criterion) => criterion === 'Problem') ?? false;
    const data = componentVariable ? deviceModel.reportOf(componentVariable) : deviceModel.report('FullInventory');
    if (none || data.length === 0) return { payload: { status: 'EmptyResultSet' } };
    return { payload: { status: 'Accepted' }, after: () => report(charger, requestId, data) };
  },

  GetVariables: ({ deviceModel }, { getVariableData }) => {
    const results = getVariableData.map(({ component, variable, attributeType }) => {
      const { status, value } = deviceModel.get(component, variable, attributeType);
      return {
        attributeStatus: status,
        component,
        variable,
        ...(attributeType ? { attributeType } : {}),
        ...(value === undefined ? {} : { attributeValue: value }),
      };
    });
    return { payload: { getVariableResult: filled(results) } };
  },

  Reset: ({ charger }, { type, evseId }) => {
    if (evseId !== undefined && !charger.connectors.some(({ number }) => number === evseId))
      return { payload: { status: 'Rejected' } };
    const sessions = charger.connectors
      .filter(({ number }) => evseId === undefined || number === evseId)
      .flatMap(({ session }) => session ?? []);
    // B12: OnIdle waits for the transactions; Immediate ends them.
    const waits = type === 'OnIdle' && sessions.length > 0;
    return {
      payload: { status: waits ? 'Scheduled' : 'Accepted' },
      after: async () => {
        if (waits) await Promise.all(sessions.map(({ result }) => result));
        else for (const session of sessions) session.stop('HardReset');
        // An EVSE resets by itself; the connection stays.
        if (evseId === undefined) await charger.reboot('RemoteReset', 'HardReset');
      },
    };
  },

  SetNetworkProfile: (_, { connectionData }) => ({
    // The simulator speaks OCPP 2.0.1 over JSON and nothing else.
    payload: {
      status:
        connectionData.ocppTransport === 'JSON' && connectionData.ocppVersion === 'OCPP20' ? 'Accepted' : 'Rejected',
    },
  }),

  SetVariables: ({ charger, deviceModel }, { setVariableData }) => {
    const results = setVariableData.map(({ component, variable, attributeType, attributeValue }) => ({
      attributeStatus: deviceModel.set(component, variable, attributeValue, attributeType),
      component,
      variable,
      ...(attributeType ? { attributeType } : {}),
    }));
    // A01.FR.10: the station reconnects with the new password.
    const renews = results.some(
      ({ attributeStatus, variable }) => attributeStatus === 'Accepted' && variable.name === 'BasicAuthPassword',
    );
    return {
      payload: { setVariableResult: filled(results) },
      after: () => (renews ? charger.reconnect('new BasicAuthPassword') : undefined),
    };
  },
} satisfies Partial<Answers>;
