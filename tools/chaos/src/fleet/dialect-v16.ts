import type { Dialect, Reading, Transaction } from './message.ts';

export const dialect16: Dialect = {
  subprotocol: 'ocpp1.6',
  boot: () => ({
    action: 'BootNotification',
    payload: { chargePointVendor: 'Chaos', chargePointModel: 'C16' },
  }),
  status: (charging, at) => ({
    action: 'StatusNotification',
    payload: {
      connectorId: 1,
      errorCode: 'NoError',
      status: charging ? 'Charging' : 'Available',
      timestamp: at.toISOString(),
    },
  }),
  begin,
};

/** The central system numbers the transaction: what follows the start waits for its answer. */
function begin(idTag: string): Transaction {
  let transactionId = -1;
  const meterValue = ({ at, wh }: Reading, context: string) => [
    { timestamp: at.toISOString(), sampledValue: [{ value: String(wh), context, unit: 'Wh' }] },
  ];
  return {
    started: ({ at, wh }) => ({
      action: 'StartTransaction',
      payload: () => ({ connectorId: 1, idTag, meterStart: wh, timestamp: at.toISOString() }),
      entry(answer) {
        transactionId = Number(answer['transactionId']);
        return { kind: 'started', transactionId: String(transactionId), registerWh: wh, samples: [] };
      },
    }),
    metered: (reading) => ({
      action: 'MeterValues',
      payload: () => ({ connectorId: 1, transactionId, meterValue: meterValue(reading, 'Sample.Periodic') }),
      entry: () => ({ kind: 'meter', transactionId: String(transactionId), samples: [sampleOf(reading)] }),
    }),
    ended: (reading) => ({
      action: 'StopTransaction',
      payload: () => ({
        transactionId,
        meterStop: reading.wh,
        timestamp: reading.at.toISOString(),
        reason: 'EVDisconnected',
        transactionData: meterValue(reading, 'Transaction.End'),
      }),
      entry: () => ({
        kind: 'ended',
        transactionId: String(transactionId),
        registerWh: reading.wh,
        samples: [sampleOf(reading)],
      }),
    }),
  };
}

function sampleOf({ at, wh }: Reading) {
  return { at: at.getTime(), wh };
}
