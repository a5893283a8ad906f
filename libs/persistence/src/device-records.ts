import type { ScheduleRecord } from './mirror-records.ts';
import type { RecordOf } from './tables/record.ts';

/** Plain records of what only 2.0.1 stations report. EVSE 0 is the whole station, connector 0 the whole EVSE. */

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
  /** Null when the value is write-only, or when there is none. */
  value: string | null;
  /** This field and the next two are null when the station has not reported them. */
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
  /** Whether the monitor is active only during transactions. */
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

/** An active limit that another system has set. */
export interface ChargingLimitRecord extends RecordOf<'charging_limits', 'cp_id'> {
  /** EMS, Other, SO or CSO. */
  source: string;
  /** Null: the station sent none. */
  schedules: ScheduleRecord[] | null;
}

/** An image that a local controller was asked to offer to its stations. */
export interface FirmwarePublicationRecord extends RecordOf<'firmware_publications', 'cp_id'> {
  /** Null, like the checksum, when the station reported the image without a request. */
  location: string | null;
  /** The status that the local controller reported last. */
  status: string | null;
  /** Where its stations can fetch it. */
  locations: string[];
}

/** A report that a station sends in several messages under one requestId. */
export interface ReportRecord {
  requestId: number;
  report: 'DeviceModel' | 'Monitoring' | 'ChargingProfiles' | 'CustomerInformation' | 'DisplayMessages';
  /** timed_out: no part has come for {@link REPORT_TIMEOUT_S}; one that comes after all still counts. */
  state: 'collecting' | 'complete' | 'timed_out';
  parts: number;
  /** Sequence numbers that are missing below the highest one. */
  missingSeqNos: number[];
  /** Null when parts have come without a known request. */
  requestedAt: Date | null;
  updatedAt: Date;
  completedAt: Date | null;
}

export interface WholeReportRecord extends ReportRecord {
  /** By the station's clock; null when there is no part. */
  generatedAt: Date | null;
  /** The items of all received parts in the order of their numbers, each as the station sent it. */
  items: unknown[];
}
