import type { Effect } from '@ocpp-gw/ocpp-j';
import type { Sql } from '@ocpp-gw/persistence';
import { DURABILITY } from '../durability.ts';
import { isKind, type Entry, type EntryOf, type Written } from '../entry.ts';
import { writeAvailability } from './availability.ts';
import { writeBoots } from './boots.ts';
import { settleSignings, writeSigningRequests } from './certificate-signings.ts';
import { writeChargingLimits } from './charging-limits.ts';
import {
  adoptProfiles,
  clearChargingProfiles,
  endProfiles,
  writeChargingProfiles,
  writeReportedProfiles,
} from './charging-profiles.ts';
import { settleConfiguration, writeConfigurationChanges, writeConfigurationSeen } from './configuration-keys.ts';
import { writeConnectorStatuses } from './connector-statuses.ts';
import { writeCredentials } from './credentials.ts';
import { settleVariables, writeStationEvents, writeVariables } from './device-variables.ts';
import { clearDisplayMessages, writeDisplayMessages } from './display-messages.ts';
import { unpublishFirmware, writePublicationRequests, writePublicationStatuses } from './firmware-publications.ts';
import { writeFirmwareRequests, writeFirmwareStatuses } from './firmware-updates.ts';
import { deleteCertificates, writeCertificatesSeen, writeInstalledCertificates } from './installed-certificates.ts';
import { rememberSchedules, rememberSecurityEvents } from './latest-notifications.ts';
import { writeLocalLists } from './local-lists.ts';
import { writeLogRequests, writeLogStatuses } from './log-uploads.ts';
import { writeNetworkProfiles } from './network-profiles.ts';
import { writeReportParts } from './report-parts.ts';
import { writeReportRequests } from './reports.ts';
import { cancelReservations, endReservations, useReservations, writeReservations } from './reservations.ts';
import { rowPlaces } from './row-place.ts';
import { settled } from './settled.ts';
import { writeTransactions } from './transactions.ts';
import { clearMonitors, writeMonitors } from './variable-monitors.ts';
import { waves } from './waves.ts';

/** Whether the effect changes a row at all. */
export function writesRows({ effect, transactions }: Entry): boolean {
  const { row } = DURABILITY[effect.kind];
  return transactions?.writes === true || (row !== undefined && row !== 'transactions');
}

/**
 * Writes the rows of all entries, one statement for each table; answers in the order of the entries. Entries of the same
 * row follow one another.
 */
export async function writeRows(sql: Sql, entries: readonly Entry[]): Promise<Written[]> {
  const written = new Map<Entry, Written>();
  for (const wave of waves(entries, rowPlaces)) {
    const answers = await settled<[Entry, Written][] | void>([
      writeTransactions(sql, wave),
      ...writeStations(sql, wave),
      ...writeMirror(sql, wave),
      ...writeDevice(sql, wave),
    ]);
    for (const answer of answers) for (const [entry, what] of answer ?? []) written.set(entry, what);
    await followTransactions(sql, wave);
  }
  return entries.map((entry) => written.get(entry) ?? { fresh: true });
}

type Answers = Promise<[Entry, Written][] | void>[];

const of = <Kind extends Effect['kind']>(kind: Kind, wave: readonly Entry[]): EntryOf<Kind>[] =>
  wave.filter((entry) => isKind(kind, entry));

function writeStations(sql: Sql, wave: readonly Entry[]): Answers {
  return [
    writeBoots(sql, of('stationBooted', wave)),
    settleConfiguration(sql, of('stationBooted', wave)),
    writeConnectorStatuses(sql, of('connectorStatus', wave)),
    writeFirmwareStatuses(sql, of('firmwareStatus', wave)),
    writeLogStatuses(sql, of('logStatus', wave)),
    writeSigningRequests(sql, of('signingRequest', wave)),
    rememberSecurityEvents(sql, of('securityEvent', wave)),
  ];
}

function writeMirror(sql: Sql, wave: readonly Entry[]): Answers {
  return [
    writeReservations(sql, of('reservationMade', wave)),
    cancelReservations(sql, of('reservationCancelled', wave)),
    writeChargingProfiles(sql, of('chargingProfileSet', wave)),
    clearChargingProfiles(sql, of('chargingProfilesCleared', wave)),
    writeLocalLists(sql, of('localListVersion', wave)),
    writeConfigurationSeen(sql, of('configurationSeen', wave)),
    writeConfigurationChanges(sql, of('configurationChanged', wave)),
    writeAvailability(sql, of('availabilityChanged', wave)),
    writeFirmwareRequests(sql, of('firmwareUpdateRequested', wave)),
    writeLogRequests(sql, of('logRequested', wave)),
    writeInstalledCertificates(sql, of('certificateInstalled', wave)),
    deleteCertificates(sql, of('certificateDeleted', wave)),
    writeCertificatesSeen(sql, of('certificatesSeen', wave)),
    settleSignings(sql, of('certificateAccepted', wave)),
    writeCredentials(sql, wave),
  ];
}

function writeDevice(sql: Sql, wave: readonly Entry[]): Answers {
  return [
    writeVariables(sql, of('variablesTold', wave)),
    writeStationEvents(sql, of('stationEvents', wave)),
    settleVariables(sql, of('stationBooted', wave)),
    writeMonitors(sql, of('monitorsTold', wave)),
    clearMonitors(sql, of('monitorsCleared', wave)),
    writeReportRequests(sql, of('reportRequested', wave)),
    writeReportParts(sql, of('reportPart', wave)),
    writeReportedProfiles(sql, of('chargingProfilesReported', wave)),
    writeChargingLimits(sql, of('chargingLimit', wave)),
    rememberSchedules(sql, of('evChargingSchedule', wave)),
    writeDisplayMessages(sql, of('displayMessagesTold', wave)),
    clearDisplayMessages(sql, of('displayMessageCleared', wave)),
    writeNetworkProfiles(sql, of('networkProfileSet', wave)),
    writePublicationRequests(sql, of('firmwarePublicationRequested', wave)),
    writePublicationStatuses(sql, of('firmwarePublicationStatus', wave)),
    unpublishFirmware(sql, of('firmwareUnpublished', wave)),
    endReservations(sql, of('reservationEnded', wave)),
  ];
}

/** What a transaction does to the rest of the mirror; a repetition did it the first time. */
async function followTransactions(sql: Sql, wave: readonly Entry[]): Promise<void> {
  const changes = wave.flatMap(({ station: { cpId }, transactions }) =>
    (transactions?.changes ?? []).map((change) => ({ cpId, ...change })),
  );
  await settled<void>([useReservations(sql, changes), adoptProfiles(sql, changes), endProfiles(sql, changes)]);
}
