import { randomUUID } from 'node:crypto';
import type { Dialect, Reading, Transaction, TransactionMessage } from './message.ts';

export const dialect201: Dialect = {
  subprotocol: 'ocpp2.0.1',
  boot: () => ({
    action: 'BootNotification',
    payload: { reason: 'PowerUp', chargingStation: { vendorName: 'Chaos', model: 'C201' } },
  }),
  status: (charging, at) => ({
    action: 'StatusNotification',
    payload: {
      timestamp: at.toISOString(),
      connectorStatus: charging ? 'Occupied' : 'Available',
      evseId: 1,
      connectorId: 1,
    },
  }),
  begin,
};

/** The station names the transaction and numbers its events. */
function begin(idToken: string): Transaction {
  const transactionId = randomUUID();
  let next = 0;
  const event = (
    kind: 'started' | 'updated' | 'ended',
    { at, wh }: Reading,
    { context, ...more }: { context: string; triggerReason: string; [field: string]: unknown },
  ): TransactionMessage => {
    const seqNo = next;
    next += 1;
    const payload = {
      eventType: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      timestamp: at.toISOString(),
      seqNo,
      transactionInfo: { transactionId, ...(kind === 'ended' ? { stoppedReason: 'EVDisconnected' } : {}) },
      meterValue: [{ timestamp: at.toISOString(), sampledValue: [{ value: wh, context }] }],
      ...more,
    };
    const samples = [{ at: at.getTime(), wh }];
    return {
      action: 'TransactionEvent',
      payload: () => payload,
      entry: () => ({
        kind,
        transactionId,
        seqNo,
        ...(kind === 'updated' ? {} : { registerWh: wh }),
        samples,
      }),
    };
  };
  return {
    started: (reading) =>
      event('started', reading, {
        context: 'Transaction.Begin',
        triggerReason: 'Authorized',
        evse: { id: 1, connectorId: 1 },
        idToken: { idToken, type: 'ISO14443' },
      }),
    metered: (reading) =>
      event('updated', reading, { context: 'Sample.Periodic', triggerReason: 'MeterValuePeriodic' }),
    ended: (reading) => event('ended', reading, { context: 'Transaction.End', triggerReason: 'EVDeparted' }),
  };
}
