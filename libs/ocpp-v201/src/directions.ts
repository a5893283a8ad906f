import type { Messages } from '#generated/messages.d.ts';

export type Action = keyof Messages;

/** Name of the WebSocket subprotocol, as it is registered. */
export const SUBPROTOCOL = 'ocpp2.0.1';

/** Actions the CSMS sends (notes 1.2). DataTransfer goes both ways. */
export const OUTBOUND = [
  'CancelReservation',
  'CertificateSigned',
  'ChangeAvailability',
  'ClearCache',
  'ClearChargingProfile',
  'ClearDisplayMessage',
  'ClearVariableMonitoring',
  'CostUpdated',
  'CustomerInformation',
  'DataTransfer',
  'DeleteCertificate',
  'GetBaseReport',
  'GetChargingProfiles',
  'GetCompositeSchedule',
  'GetDisplayMessages',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'GetMonitoringReport',
  'GetReport',
  'GetTransactionStatus',
  'GetVariables',
  'InstallCertificate',
  'PublishFirmware',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'SetDisplayMessage',
  'SetMonitoringBase',
  'SetMonitoringLevel',
  'SetNetworkProfile',
  'SetVariableMonitoring',
  'SetVariables',
  'TriggerMessage',
  'UnlockConnector',
  'UnpublishFirmware',
  'UpdateFirmware',
] as const satisfies readonly Action[];

export type OutboundAction = (typeof OUTBOUND)[number];

/** What `actions/` must handle: every other action that has a schema, so a new schema breaks the build until it is placed. */
export type InboundAction = Exclude<Action, Exclude<OutboundAction, 'DataTransfer'>>;
