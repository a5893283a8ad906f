import type {
  AttributeType,
  ChargingProfile,
  ChargingSchedule,
  ComponentRef,
  DisplayMessage,
  MonitorType,
  NetworkConnection,
  VariableRef,
} from '@ocpp-gw/contracts';
import type { ChargerTime } from './effect-values.ts';

/** Effects of messages that only a 2.0.1 station sends: its device model, its monitors, its display and its smart charging. */
export type DeviceEffect =
  | VariablesReportedEffect
  | MonitorsReportedEffect
  | MonitorsClearedEffect
  | StationEventsEffect
  | ReportRequestedEffect
  | ReportPartEffect
  | ChargingProfilesReportedEffect
  | ChargingLimitEffect
  | EvChargingNeedsEffect
  | EvChargingScheduleEffect
  | DisplayMessagesReportedEffect
  | DisplayMessageClearedEffect
  | NetworkProfileSetEffect
  | FirmwarePublicationRequestedEffect
  | FirmwarePublicationStatusEffect
  | FirmwareUnpublishedEffect
  | ReservationEndedEffect
  | TransactionStatusReportedEffect;

/** One attribute of one variable of one component. A field that is absent keeps the value that is already known. */
export interface VariableFact {
  component: ComponentRef;
  variable: VariableRef;
  attributeType: AttributeType;
  value?: string;
  mutability?: 'ReadOnly' | 'WriteOnly' | 'ReadWrite';
  persistent?: boolean;
  constant?: boolean;
  /** VariableCharacteristicsType as sent. */
  characteristics?: Record<string, unknown>;
  /** The value is set, and takes effect after a reboot. */
  rebootRequired?: boolean;
}

/** NotifyReport, and the answers to GetVariables and SetVariables. Values of write-only variables are never in here. */
export interface VariablesReportedEffect {
  kind: 'variablesReported';
  variables: readonly VariableFact[];
}

export interface MonitorFact {
  id: number;
  component: ComponentRef;
  variable: VariableRef;
  type: MonitorType;
  value: number;
  severity: number;
  transaction: boolean;
}

export interface MonitorsReportedEffect {
  kind: 'monitorsReported';
  monitors: readonly MonitorFact[];
}

export interface MonitorsClearedEffect {
  kind: 'monitorsCleared';
  ids: readonly number[];
}

/** One NotifyEvent. */
export interface StationEventsEffect {
  kind: 'stationEvents';
  events: readonly StationEvent[];
}

export interface StationEvent {
  eventId: number;
  time: ChargerTime;
  trigger: string;
  notificationType: string;
  component: ComponentRef;
  variable: VariableRef;
  actualValue: string;
  cause?: number;
  techCode?: string;
  techInfo?: string;
  cleared?: boolean;
  transactionId?: string;
  monitorId?: number;
}

/** What comes in several messages under one requestId. */
export type ReportKind = 'DeviceModel' | 'Monitoring' | 'ChargingProfiles' | 'CustomerInformation' | 'DisplayMessages';

/** The station has accepted the request for a report: its parts follow, or there is nothing to report. */
export interface ReportRequestedEffect {
  kind: 'reportRequested';
  report: ReportKind;
  requestId: number;
  /** No part follows (EmptyResultSet, NoProfiles, Unknown ...). */
  empty: boolean;
}

export interface ReportPartEffect {
  kind: 'reportPart';
  report: ReportKind;
  requestId: number;
  /** From 0; absent in ReportChargingProfiles and NotifyDisplayMessages, which are not numbered. */
  seqNo?: number;
  /** tbc was false: no part after this one. */
  last: boolean;
  /** The items of the part, as the station sent them. */
  items: readonly unknown[];
  time: ChargerTime;
}

/** The charging profiles that the station reports. They correct the mirror. */
export interface ChargingProfilesReportedEffect {
  kind: 'chargingProfilesReported';
  evseId: number;
  /** EMS, Other, SO or CSO. */
  source: string;
  profiles: readonly ChargingProfile[];
}

/** An external system has set or lifted a limit of charging. */
export interface ChargingLimitEffect {
  kind: 'chargingLimit';
  /** 0: the whole station. */
  evseId: number;
  source: string;
  cleared: boolean;
  gridCritical?: boolean;
  schedules?: readonly ChargingSchedule[];
  time: ChargerTime;
}

export interface EvChargingNeedsEffect {
  kind: 'evChargingNeeds';
  evseId: number;
  /** ChargingNeedsType as sent. */
  needs: Record<string, unknown>;
  maxScheduleTuples?: number;
  /** As answered. */
  status: string;
  time: ChargerTime;
}

export interface EvChargingScheduleEffect {
  kind: 'evChargingSchedule';
  evseId: number;
  schedule: ChargingSchedule;
  /** As answered: whether it keeps within the limits that the station was given. */
  status: 'Accepted' | 'Rejected';
  time: ChargerTime;
}

export interface DisplayMessagesReportedEffect {
  kind: 'displayMessagesReported';
  messages: readonly DisplayMessage[];
}

export interface DisplayMessageClearedEffect {
  kind: 'displayMessageCleared';
  id: number;
}

export interface NetworkProfileSetEffect {
  kind: 'networkProfileSet';
  configurationSlot: number;
  connection: NetworkConnectionWithoutSecrets;
}

/** Without passwords, PINs and keys. */
export interface NetworkConnectionWithoutSecrets extends Omit<NetworkConnection, 'apn' | 'vpn'> {
  apn?: Omit<NonNullable<NetworkConnection['apn']>, 'apnPassword' | 'simPin'>;
  vpn?: Omit<NonNullable<NetworkConnection['vpn']>, 'password' | 'key'>;
}

export interface FirmwarePublicationRequestedEffect {
  kind: 'firmwarePublicationRequested';
  requestId: number;
  location: string;
  checksum: string;
}

export interface FirmwarePublicationStatusEffect {
  kind: 'firmwarePublicationStatus';
  requestId?: number;
  status: string;
  /** Where it can be fetched, once published. */
  locations?: readonly string[];
  time: ChargerTime;
}

export interface FirmwareUnpublishedEffect {
  kind: 'firmwareUnpublished';
  checksum: string;
}

/** The station gave a reservation up by itself. */
export interface ReservationEndedEffect {
  kind: 'reservationEnded';
  reservationId: number;
  status: 'Expired' | 'Removed';
  time: ChargerTime;
}

/**
 * GetTransactionStatus: an ended transaction with an empty queue has sent all it will ever send, so its gaps are final, and
 * one whose Ended never came has lost it.
 */
export interface TransactionStatusReportedEffect {
  kind: 'transactionStatusReported';
  transactionId: string;
  ongoing: boolean;
  messagesInQueue: boolean;
}
