import { TOPICS } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { BACKEND_PATHS } from '../backend/contract.ts';

/** Where a fact is durable before its message is answered. Everything is written in one Postgres transaction. */
export interface Durability {
  /** The table with its row; absent when it has no row and is only published. */
  row?: string;
  /** Topics and backend paths of its outbox entries; empty for a fact that is only read from its row. */
  told: readonly string[];
}

/** A message about a transaction may start it, end others, and correct what was published. */
const SESSION = [
  TOPICS.transactionStarted,
  TOPICS.transactionUpdated,
  TOPICS.transactionEnded,
  BACKEND_PATHS.sessionOpen,
  BACKEND_PATHS.sessionUpdate,
  BACKEND_PATHS.sessionClose,
];

/** The contract of docs/lifecycle.md; `durability.spec.ts` holds documents and decisions to it. */
export const DURABILITY: Readonly<Record<Effect['kind'], Durability>> = {
  stationBooted: { row: 'charge_points', told: [TOPICS.boot] },
  connectorStatus: { row: 'connectors', told: [TOPICS.status] },
  meterValues: {
    row: 'transactions',
    told: [
      TOPICS.meter,
      TOPICS.transactionUpdated,
      TOPICS.transactionEnded,
      BACKEND_PATHS.sessionUpdate,
      BACKEND_PATHS.sessionClose,
    ],
  },
  transactionStarted: { row: 'transactions', told: [...SESSION, TOPICS.meter] },
  transactionUpdated: { row: 'transactions', told: [...SESSION, TOPICS.meter] },
  transactionEnded: { row: 'transactions', told: [...SESSION, TOPICS.meter] },
  transactionStatusTold: { row: 'transactions', told: [TOPICS.transactionEnded, BACKEND_PATHS.sessionClose] },
  transactionEndInferred: { row: 'transactions', told: [TOPICS.transactionEnded, BACKEND_PATHS.sessionClose] },
  stopAssigned: { row: 'transactions', told: [TOPICS.transactionEnded, BACKEND_PATHS.sessionClose] },
  remoteStartAccepted: {
    row: 'transactions',
    told: [TOPICS.transactionUpdated, TOPICS.transactionEnded, BACKEND_PATHS.sessionUpdate, BACKEND_PATHS.sessionClose],
  },
  securityEvent: { row: 'latest_notifications', told: [TOPICS.security] },
  signingRequest: { row: 'certificate_signings', told: [TOPICS.security] },
  firmwareStatus: { row: 'firmware_updates', told: [TOPICS.firmware] },
  firmwarePublicationStatus: { row: 'firmware_publications', told: [TOPICS.firmware] },
  logStatus: { row: 'log_uploads', told: [TOPICS.log] },
  dataTransferred: { told: [TOPICS.data] },
  stationEvents: { row: 'device_variables', told: [TOPICS.event] },
  chargingLimit: { row: 'charging_limits', told: [TOPICS.charging] },
  evChargingNeeds: { told: [TOPICS.charging] },
  evChargingSchedule: { row: 'latest_notifications', told: [TOPICS.charging] },
  chargingProfilesReported: { row: 'charging_profiles', told: [] },
  reservationEnded: { row: 'reservations', told: [TOPICS.reservation] },
  reportPart: { row: 'report_parts', told: [TOPICS.report] },
  variablesTold: { row: 'device_variables', told: [] },
  monitorsTold: { row: 'variable_monitors', told: [] },
  displayMessagesTold: { row: 'display_messages', told: [] },
  // These are effects of answers to our commands, which are published on cp.command.
  reportRequested: { row: 'reports', told: [TOPICS.report] },
  reservationMade: { row: 'reservations', told: [] },
  reservationCancelled: { row: 'reservations', told: [] },
  chargingProfileSet: { row: 'charging_profiles', told: [] },
  chargingProfilesCleared: { row: 'charging_profiles', told: [] },
  localListVersion: { row: 'local_lists', told: [] },
  configurationSeen: { row: 'configuration_keys', told: [] },
  configurationChanged: { row: 'configuration_keys', told: [] },
  availabilityChanged: { row: 'availability', told: [] },
  firmwareUpdateRequested: { row: 'firmware_updates', told: [] },
  logRequested: { row: 'log_uploads', told: [] },
  certificateInstalled: { row: 'installed_certificates', told: [] },
  certificateDeleted: { row: 'installed_certificates', told: [] },
  certificatesSeen: { row: 'installed_certificates', told: [] },
  certificateAccepted: { row: 'certificate_signings', told: [] },
  password: { row: 'charge_points', told: [] },
  securityProfile: { row: 'charge_points', told: [] },
  monitorsCleared: { row: 'variable_monitors', told: [] },
  displayMessageCleared: { row: 'display_messages', told: [] },
  networkProfileSet: { row: 'network_profiles', told: [] },
  firmwarePublicationRequested: { row: 'firmware_publications', told: [] },
  firmwareUnpublished: { row: 'firmware_publications', told: [] },
};
