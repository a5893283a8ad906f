import type { AttributeRef } from '@ocpp-gw/contracts';
import { variableKey } from './component.ts';

/** 1.6 configuration keys and the variables they became: `Component.Variable`, with a third name for its instance. */
const BECAME: Readonly<Record<string, string>> = {
  AdditionalRootCertificateCheck: 'SecurityCtrlr.AdditionalRootCertificateCheck',
  AllowOfflineTxForUnknownId: 'AuthCtrlr.OfflineTxForUnknownIdEnabled',
  AuthorizationCacheEnabled: 'AuthCacheCtrlr.Enabled',
  AuthorizationKey: 'SecurityCtrlr.BasicAuthPassword',
  AuthorizeRemoteTxRequests: 'AuthCtrlr.AuthorizeRemoteStart',
  CertificateSignedMaxChainSize: 'SecurityCtrlr.MaxCertificateChainSize',
  ChargeProfileMaxStackLevel: 'SmartChargingCtrlr.ProfileStackLevel',
  ChargingScheduleAllowedChargingRateUnit: 'SmartChargingCtrlr.RateUnit',
  ChargingScheduleMaxPeriods: 'SmartChargingCtrlr.PeriodsPerSchedule',
  ClockAlignedDataInterval: 'AlignedDataCtrlr.Interval',
  ConnectionTimeOut: 'TxCtrlr.EVConnectionTimeOut',
  ConnectorSwitch3to1PhaseSupported: 'SmartChargingCtrlr.Phases3to1',
  CpoName: 'SecurityCtrlr.OrganizationName',
  GetConfigurationMaxKeys: 'DeviceDataCtrlr.ItemsPerMessage.GetVariables',
  HeartbeatInterval: 'OCPPCommCtrlr.HeartbeatInterval',
  LocalAuthListEnabled: 'LocalAuthListCtrlr.Enabled',
  LocalAuthorizeOffline: 'AuthCtrlr.LocalAuthorizeOffline',
  LocalPreAuthorize: 'AuthCtrlr.LocalPreAuthorize',
  MaxEnergyOnInvalidId: 'TxCtrlr.MaxEnergyOnInvalidId',
  MessageTimeout: 'OCPPCommCtrlr.MessageTimeout.Default',
  MeterValueSampleInterval: 'SampledDataCtrlr.TxUpdatedInterval',
  MeterValuesAlignedData: 'AlignedDataCtrlr.Measurands',
  MeterValuesSampledData: 'SampledDataCtrlr.TxUpdatedMeasurands',
  ReserveConnectorZeroSupported: 'ReservationCtrlr.NonEvseSpecific',
  ResetRetries: 'OCPPCommCtrlr.ResetRetries',
  SecurityProfile: 'SecurityCtrlr.SecurityProfile',
  SendLocalListMaxLength: 'LocalAuthListCtrlr.ItemsPerMessage',
  StopTransactionOnEVSideDisconnect: 'TxCtrlr.StopTxOnEVSideDisconnect',
  StopTransactionOnInvalidId: 'TxCtrlr.StopTxOnInvalidId',
  StopTxnAlignedData: 'AlignedDataCtrlr.TxEndedMeasurands',
  StopTxnSampledData: 'SampledDataCtrlr.TxEndedMeasurands',
  SupportedFileTransferProtocols: 'OCPPCommCtrlr.FileTransferProtocols',
  TransactionMessageAttempts: 'OCPPCommCtrlr.MessageAttempts.TransactionEvent',
  TransactionMessageRetryInterval: 'OCPPCommCtrlr.MessageAttemptInterval.TransactionEvent',
  UnlockConnectorOnEVSideDisconnect: 'OCPPCommCtrlr.UnlockOnEVSideDisconnect',
  WebSocketPingInterval: 'OCPPCommCtrlr.WebSocketPingInterval',
};

/** ReadOnly by the appendices of part 2; the answer to GetVariables does not say. */
const READ_ONLY: readonly string[] = [
  'AdditionalRootCertificateCheck',
  'CertificateSignedMaxChainSize',
  'ChargeProfileMaxStackLevel',
  'ChargingScheduleAllowedChargingRateUnit',
  'ChargingScheduleMaxPeriods',
  'ConnectorSwitch3to1PhaseSupported',
  'GetConfigurationMaxKeys',
  'ReserveConnectorZeroSupported',
  'SecurityProfile',
  'SendLocalListMaxLength',
  'SupportedFileTransferProtocols',
];

// Keys compare case-insensitively.
const byKey = new Map(Object.entries(BECAME).map(([key, path]) => [key.toLowerCase(), path]));

export const UNKNOWN_KEY =
  'has no variable in OCPP 2.0.1 that is known here: name the variable itself, as Component.Variable';

/** The variable that a key of 1.6 became, or that `Component.Variable` names; undefined when it is neither. */
export function attributeOf(key: string): AttributeRef | undefined {
  const [component, variable, instance, ...more] = (byKey.get(key.toLowerCase()) ?? key).split('.');
  if (!component || !variable || instance === '' || more.length > 0) return undefined;
  return { component: { name: component }, variable: { name: variable, instance } };
}

const readOnly = new Set(READ_ONLY.flatMap((key) => attributeOf(key) ?? []).map(variableKey));

export function isReadOnly(attribute: AttributeRef): boolean {
  return readOnly.has(variableKey(attribute));
}
