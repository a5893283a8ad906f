import type { AttributeRef, ComponentRef, MonitorType, VariableRef } from './commands-v201.ts';
import type { CertificateHash, CertificateUse, ChargingSchedule } from './neutral-commands.ts';

/** What a charger's answer holds besides its status, by command; commands that are not here have a status only. */
export interface CommandAnswers {
  RemoteStart: {
    /** Transaction already running, if the station names it (2.0.1). */
    transactionId?: string;
  };
  GetConfiguration: { configuration: readonly ConfigurationKey[]; unknownKeys: readonly string[] };
  DataTransfer: { data?: string };
  /** -1: the station keeps no list; 0: it is empty. */
  GetLocalListVersion: { version: number };
  GetCompositeSchedule: { evseId?: number; scheduleStart?: string; schedule?: ChargingSchedule };
  /** No file name: there is nothing to upload. */
  GetDiagnostics: { fileName?: string };
  GetLog: { fileName?: string };
  GetInstalledCertificateIds: {
    certificates: readonly (CertificateHash & { certificateType?: CertificateUse | 'V2GCertificateChain' })[];
  };
  GetVariables: { variables: readonly (AttributeRef & { status: string; attributeValue?: string })[] };
  SetVariables: { variables: readonly (AttributeRef & { status: string })[] };
  /** `ongoing` where a transaction was asked for. */
  GetTransactionStatus: { ongoing?: boolean; messagesInQueue: boolean };
  SetVariableMonitoring: {
    monitors: readonly {
      id?: number;
      status: string;
      type: MonitorType;
      severity: number;
      component: ComponentRef;
      variable: VariableRef;
    }[];
  };
  ClearVariableMonitoring: { monitors: readonly { id: number; status: string }[] };
}

export interface ConfigurationKey {
  key: string;
  readonly: boolean;
  value?: string;
}
