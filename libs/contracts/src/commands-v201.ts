import type { CertificateHash, ChargingProfilePurpose, Retries } from './neutral-commands.ts';

/**
 * Commands that only 2.0.1 has. Field names are the specification's but for `ocppRequestId`, its requestId: always present on
 * the bus, the caller's or made by command-api, and the name under which the parts of the answer are collected.
 */

/** A component of the device model, part 2 appendices. */
export interface ComponentRef {
  name: string;
  instance?: string;
  evse?: { id: number; connectorId?: number };
}

export interface VariableRef {
  name: string;
  instance?: string;
}

export type AttributeType = 'Actual' | 'Target' | 'MinSet' | 'MaxSet';

/** Actual when no attribute is named. */
export interface AttributeRef {
  component: ComponentRef;
  variable: VariableRef;
  attributeType?: AttributeType;
}

/** Without a variable: every variable of the component. */
export interface ComponentVariable {
  component: ComponentRef;
  variable?: VariableRef;
}

export interface GetVariables {
  kind: 'GetVariables';
  variables: readonly AttributeRef[];
}

export interface SetVariables {
  kind: 'SetVariables';
  variables: readonly (AttributeRef & { attributeValue: string })[];
}

export interface GetBaseReport {
  kind: 'GetBaseReport';
  ocppRequestId: number;
  reportBase: 'ConfigurationInventory' | 'FullInventory' | 'SummaryInventory';
}

export interface GetReport {
  kind: 'GetReport';
  ocppRequestId: number;
  componentCriteria?: readonly ('Active' | 'Available' | 'Enabled' | 'Problem')[];
  componentVariables?: readonly ComponentVariable[];
}

export interface SetNetworkProfile {
  kind: 'SetNetworkProfile';
  configurationSlot: number;
  connectionData: NetworkConnection;
}

export interface NetworkConnection {
  /** OCPP20 stands for 2.0.1. */
  ocppVersion: 'OCPP12' | 'OCPP15' | 'OCPP16' | 'OCPP20';
  ocppTransport: 'JSON' | 'SOAP';
  ocppCsmsUrl: string;
  /** Seconds. */
  messageTimeout: number;
  securityProfile: number;
  ocppInterface: 'Wired0' | 'Wired1' | 'Wired2' | 'Wired3' | 'Wireless0' | 'Wireless1' | 'Wireless2' | 'Wireless3';
  apn?: {
    apn: string;
    apnUserName?: string;
    apnPassword?: string;
    simPin?: number;
    preferredNetwork?: string;
    useOnlyPreferredNetwork?: boolean;
    apnAuthentication: 'CHAP' | 'NONE' | 'PAP' | 'AUTO';
  };
  vpn?: {
    server: string;
    user: string;
    group?: string;
    password: string;
    key: string;
    type: 'IKEv2' | 'IPSec' | 'L2TP' | 'PPTP';
  };
}

/** Without a transaction: whether the station has any transaction message in its queue. */
export interface GetTransactionStatus {
  kind: 'GetTransactionStatus';
  transactionId?: string;
}

export interface CostUpdated {
  kind: 'CostUpdated';
  transactionId: string;
  /** Running cost, taxes included, in the currency of the station. */
  totalCost: number;
}

export interface GetChargingProfiles {
  kind: 'GetChargingProfiles';
  ocppRequestId: number;
  /** 0: the whole station; absent: all. */
  evseId?: number;
  purpose?: ChargingProfilePurpose;
  stackLevel?: number;
  chargingProfileIds?: readonly number[];
  chargingLimitSources?: readonly ('EMS' | 'Other' | 'SO' | 'CSO')[];
}

/** A local controller fetches an image for its stations. */
export interface PublishFirmware extends Retries {
  kind: 'PublishFirmware';
  ocppRequestId: number;
  location: string;
  /** MD5 of the image, hex. */
  checksum: string;
}

export interface UnpublishFirmware {
  kind: 'UnpublishFirmware';
  checksum: string;
}

/** One of the three names the customer. */
export interface CustomerInformation {
  kind: 'CustomerInformation';
  ocppRequestId: number;
  report: boolean;
  clear: boolean;
  customerIdentifier?: string;
  idToken?: string;
  /** IdTokenEnumType; Central when absent. */
  idTokenType?: string;
  customerCertificate?: CertificateHash;
}

export type MonitorType = 'UpperThreshold' | 'LowerThreshold' | 'Delta' | 'Periodic' | 'PeriodicClockAligned';

export interface GetMonitoringReport {
  kind: 'GetMonitoringReport';
  ocppRequestId: number;
  monitoringCriteria?: readonly ('ThresholdMonitoring' | 'DeltaMonitoring' | 'PeriodicMonitoring')[];
  componentVariables?: readonly ComponentVariable[];
}

export interface SetMonitoringBase {
  kind: 'SetMonitoringBase';
  monitoringBase: 'All' | 'FactoryDefault' | 'HardWiredOnly';
}

export interface SetMonitoringLevel {
  kind: 'SetMonitoringLevel';
  /** 0 Danger to 9 Debug. */
  severity: number;
}

export interface SetVariableMonitoring {
  kind: 'SetVariableMonitoring';
  monitors: readonly {
    /** Replaces the monitor of this id. */
    id?: number;
    transaction?: boolean;
    value: number;
    type: MonitorType;
    severity: number;
    component: ComponentRef;
    variable: VariableRef;
  }[];
}

export interface ClearVariableMonitoring {
  kind: 'ClearVariableMonitoring';
  ids: readonly number[];
}

export type MessagePriority = 'AlwaysFront' | 'InFront' | 'NormalCycle';
export type MessageState = 'Charging' | 'Faulted' | 'Idle' | 'Unavailable';

export interface SetDisplayMessage {
  kind: 'SetDisplayMessage';
  message: DisplayMessage;
}

export interface DisplayMessage {
  id: number;
  priority: MessagePriority;
  state?: MessageState;
  startDateTime?: string;
  endDateTime?: string;
  transactionId?: string;
  message: { format: 'ASCII' | 'HTML' | 'URI' | 'UTF8'; language?: string; content: string };
  display?: ComponentRef;
}

export interface GetDisplayMessages {
  kind: 'GetDisplayMessages';
  ocppRequestId: number;
  ids?: readonly number[];
  priority?: MessagePriority;
  state?: MessageState;
}

export interface ClearDisplayMessage {
  kind: 'ClearDisplayMessage';
  id: number;
}
