import type { ScheduleRecord } from './mirror-records.ts';
import type { RecordOf } from './tables/record.ts';

/** Plain records of what only 2.0.1 stations tell. EVSE 0 is the whole station, connector 0 the whole EVSE. */

interface VariableOfComponent {
  component: string;
  componentInstance: string | null;
  evseId: number;
  connectorId: number;
  variable: string;
  variableInstance: string | null;
}

export interface DeviceVariableRecord extends VariableOfComponent {
  attributeType: 'Actual' | 'Target' | 'MinSet' | 'MaxSet';
  /** Null: write-only, or none. */
  value: string | null;
  /** Null, as the two below: the station has not told. */
  mutability: string | null;
  persistent: boolean | null;
  constant: boolean | null;
  characteristics: VariableCharacteristicsRecord | null;
  rebootRequired: boolean;
  seenAt: Date;
}

/** 2.0.1 VariableCharacteristicsType. */
interface VariableCharacteristicsRecord {
  unit?: string;
  dataType: string;
  minLimit?: number;
  maxLimit?: number;
  valuesList?: string;
  supportsMonitoring: boolean;
}

export interface MonitorRecord extends VariableOfComponent {
  monitorId: number;
  type: string;
  value: number;
  severity: number;
  /** In force during transactions only. */
  transaction: boolean;
  seenAt: Date;
}

export interface DisplayMessageRecord extends RecordOf<'display_messages', 'cp_id'> {
  message: MessageInfoRecord;
}

/** 2.0.1 MessageInfoType. */
interface MessageInfoRecord {
  priority: string;
  state?: string;
  startDateTime?: string;
  endDateTime?: string;
  transactionId?: string;
  message: { format: string; language?: string; content: string };
  display?: { name: string; instance?: string; evse?: { id: number; connectorId?: number } };
}

export interface NetworkProfileRecord extends RecordOf<'network_profiles', 'cp_id'> {
  /** 2.0.1 NetworkConnectionProfileType without passwords, PINs and keys. */
  connection: NetworkConnectionRecord;
}

interface NetworkConnectionRecord {
  ocppVersion: string;
  ocppTransport: string;
  ocppCsmsUrl: string;
  messageTimeout: number;
  securityProfile: number;
  ocppInterface: string;
  apn?: {
    apn: string;
    apnUserName?: string;
    preferredNetwork?: string;
    useOnlyPreferredNetwork?: boolean;
    apnAuthentication: string;
  };
  vpn?: { server: string; user: string; group?: string; type: string };
}

/** A limit in force that the station has from elsewhere. */
export interface ChargingLimitRecord extends RecordOf<'charging_limits', 'cp_id'> {
  /** EMS, Other, SO or CSO. */
  source: string;
  /** Null: the station sent none. */
  schedules: ScheduleRecord[] | null;
}

/** An image that a local controller was asked to offer to its stations. */
export interface FirmwarePublicationRecord extends RecordOf<'firmware_publications', 'cp_id'> {
  /** Null, as the checksum: told of without having been asked for. */
  location: string | null;
  /** As the local controller said it last. */
  status: string | null;
  /** Where its stations can fetch it. */
  locations: string[];
}

/** What a station tells in several messages under one requestId. */
export interface ReportRecord {
  requestId: number;
  report: 'DeviceModel' | 'Monitoring' | 'ChargingProfiles' | 'CustomerInformation' | 'DisplayMessages';
  /** timed_out: no part has come for {@link REPORT_TIMEOUT_S}; one that comes after all still counts. */
  state: 'collecting' | 'complete' | 'timed_out';
  parts: number;
  /** Not there below the highest that is. */
  missingSeqNos: number[];
  /** Null: parts have come that nobody was seen to ask for. */
  requestedAt: Date | null;
  updatedAt: Date;
  completedAt: Date | null;
}

export interface WholeReportRecord extends ReportRecord {
  /** By the station's clock; null without any part. */
  generatedAt: Date | null;
  /** Of all parts there are, in the order of their numbers, each as the station sent it. */
  items: unknown[];
}
