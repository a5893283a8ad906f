import { makeCsr } from '@ocpp-gw/testing';
import { TAG, time } from '../octt-v16/octt.ts';

/** A CALL as it was sent. */
export type Call = [type: 2, id: string, action: string, payload: Record<string, unknown>];

/** What of a recording only its first run can know. */
export interface Given {
  reservationId: number;
  csr: string;
}

export const given = async (reservationId: number): Promise<Given> => ({
  reservationId,
  csr: (await makeCsr({ cn: 'SN-REPLAY', o: 'Replay CPO' })).csr,
});

/** A life in one connection, up to the answer that names the transaction. */
export function untilStart({ reservationId }: Given): [string, object][] {
  const status = (connectorId: number, status: string, at: number): [string, object] => [
    'StatusNotification',
    { connectorId, status, errorCode: 'NoError', timestamp: time(at) },
  ];
  return [
    ['BootNotification', { chargePointVendor: 'Replay', chargePointModel: 'R1', chargePointSerialNumber: 'SN-REPLAY' }],
    status(0, 'Available', -700),
    status(1, 'Preparing', -690),
    ['Heartbeat', {}],
    ['Authorize', { idTag: TAG }],
    ['StartTransaction', { connectorId: 1, idTag: TAG, meterStart: 1000, reservationId, timestamp: time(-680) }],
  ];
}

/** And from there on. The notifications without a time of their own say their last word only: it is what a repetition repeats. */
export function fromStart({ csr }: Given, transactionId: number): [string, object][] {
  const reading = (at: number, value: string, context: string): object => ({
    timestamp: time(at),
    sampledValue: [{ value, context, measurand: 'Energy.Active.Import.Register', unit: 'Wh' }],
  });
  return [
    ['StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError', timestamp: time(-670) }],
    ['MeterValues', { connectorId: 1, transactionId, meterValue: [reading(-600, '1500', 'Sample.Periodic')] }],
    ['MeterValues', { connectorId: 1, transactionId, meterValue: [reading(-540, '2000', 'Sample.Periodic')] }],
    [
      'StopTransaction',
      {
        transactionId,
        idTag: TAG,
        meterStop: 3500,
        reason: 'Local',
        timestamp: time(-480),
        transactionData: [reading(-680, '1000', 'Transaction.Begin'), reading(-480, '3500', 'Transaction.End')],
      },
    ],
    ['StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp: time(-470) }],
    ['FirmwareStatusNotification', { status: 'Installed' }],
    ['SignedFirmwareStatusNotification', { status: 'InvalidSignature', requestId: 71 }],
    ['DiagnosticsStatusNotification', { status: 'Uploaded' }],
    ['LogStatusNotification', { status: 'Uploaded', requestId: 72 }],
    ['SecurityEventNotification', { type: 'SettingSystemTime', timestamp: time(-460), techInfo: 'ntp' }],
    ['SignCertificate', { csr }],
    ['DataTransfer', { vendorId: 'com.example.replay', messageId: 'tariff', data: '{"price":1}' }],
  ];
}
