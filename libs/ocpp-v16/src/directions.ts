import type { Messages } from '#generated/messages.d.ts';

export type Action = keyof Messages;

/** Name of the WebSocket subprotocol, as it is registered. */
export const SUBPROTOCOL = 'ocpp1.6';

/** Actions the CSMS sends (notes 1.1). DataTransfer goes both ways. */
export const OUTBOUND = [
  'CancelReservation',
  'CertificateSigned',
  'ChangeAvailability',
  'ChangeConfiguration',
  'ClearCache',
  'ClearChargingProfile',
  'DataTransfer',
  'DeleteCertificate',
  'ExtendedTriggerMessage',
  'GetCompositeSchedule',
  'GetConfiguration',
  'GetDiagnostics',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'InstallCertificate',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'SignedUpdateFirmware',
  'TriggerMessage',
  'UnlockConnector',
  'UpdateFirmware',
] as const satisfies readonly Action[];

export type OutboundAction = (typeof OUTBOUND)[number];

/** What `actions/` must handle: every other action that has a schema, so a new schema breaks the build until it is placed. */
export type InboundAction = Exclude<Action, Exclude<OutboundAction, 'DataTransfer'>>;
