import type { Effect } from '@ocpp-gw/ocpp-j';
import type { Sql } from '@ocpp-gw/persistence';
import { isKind, isTransaction, type Entry, type EntryOf, type Written } from '../entry.ts';
import { writeAvailability } from './availability.ts';
import { writeBoots } from './boots.ts';
import { settleSignings, writeSigningRequests } from './certificate-signings.ts';
import { adoptProfiles, clearChargingProfiles, endProfiles, writeChargingProfiles } from './charging-profiles.ts';
import { settleConfiguration, writeConfigurationChanges, writeConfigurationSeen } from './configuration-keys.ts';
import { writeConnectorStatuses } from './connector-statuses.ts';
import { writeCredentials } from './credentials.ts';
import { writeFirmwareRequests, writeFirmwareStatuses } from './firmware-updates.ts';
import { deleteCertificates, writeCertificatesSeen, writeInstalledCertificates } from './installed-certificates.ts';
import { writeLocalLists } from './local-lists.ts';
import { writeLogRequests, writeLogStatuses } from './log-uploads.ts';
import { isNumbered, writeNumberedEnds, writeNumberedStarts } from './numbered-transactions.ts';
import { cancelReservations, useReservations, writeReservations } from './reservations.ts';
import { isSequenced, mergeSequenced } from './sequenced-transactions.ts';
import { waves } from './waves.ts';

/** Facts that no table keeps: they only tell. */
const ONLY_TOLD: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>([
  'meterValues',
  'securityEvent',
  'dataTransferred',
]);

/** Whether the effect changes a row at all. */
export function writesRows({ effect }: Entry): boolean {
  if (ONLY_TOLD.has(effect.kind)) return false;
  return effect.kind !== 'transactionUpdated' || effect.seqNo !== undefined;
}

/**
 * Writes the rows of all entries, one statement for each table; answers in the order of the entries. Entries of the same
 * row follow one another.
 */
export async function writeRows(sql: Sql, entries: readonly Entry[]): Promise<Written[]> {
  const written = new Map<Entry, Written>();
  for (const wave of waves(entries, rowOf)) {
    const answers = await Promise.all([
      ...writeTransactions(sql, wave),
      ...writeStations(sql, wave),
      ...writeMirror(sql, wave),
    ]);
    for (const answer of answers) for (const [entry, what] of answer ?? []) written.set(entry, what);
    await followTransactions(sql, wave, written);
  }
  return entries.map((entry) => written.get(entry) ?? { fresh: true });
}

type Answers = Promise<[Entry, Written][] | void>[];

const of = <Kind extends Effect['kind']>(kind: Kind, wave: readonly Entry[]): EntryOf<Kind>[] =>
  wave.filter((entry) => isKind(kind, entry));

function writeTransactions(sql: Sql, wave: readonly Entry[]): Answers {
  return [
    writeNumberedStarts(sql, of('transactionStarted', wave).filter(isNumbered)),
    writeNumberedEnds(sql, of('transactionEnded', wave).filter(isNumbered)),
    mergeSequenced(sql, wave.filter(isSequenced)),
  ];
}

function writeStations(sql: Sql, wave: readonly Entry[]): Answers {
  return [
    writeBoots(sql, of('stationBooted', wave)),
    settleConfiguration(sql, of('stationBooted', wave)),
    writeConnectorStatuses(sql, of('connectorStatus', wave)),
    writeFirmwareStatuses(sql, of('firmwareStatus', wave)),
    writeLogStatuses(sql, of('logStatus', wave)),
    writeSigningRequests(sql, of('signingRequest', wave)),
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

/** What a transaction does to the rest of the mirror; a repetition did it the first time. */
async function followTransactions(sql: Sql, wave: readonly Entry[], written: Map<Entry, Written>): Promise<void> {
  const fresh = wave
    .filter(isTransaction)
    .map((entry) => [entry, written.get(entry) ?? { fresh: false }] as const)
    .filter(([, what]) => what.fresh);
  const entries = fresh.map(([entry]) => entry);
  await Promise.all([useReservations(sql, entries), adoptProfiles(sql, entries), endProfiles(sql, fresh)]);
}

/** Two entries with one key touch one row, or the rows of one list. */
function rowOf({ station, effect }: Entry): string {
  return JSON.stringify([station.cpId, ...tablePlace(effect)]);
}

function tablePlace(effect: Effect): (string | number)[] {
  switch (effect.kind) {
    case 'meterValues':
    case 'securityEvent':
    case 'dataTransferred':
      return [effect.kind];
    case 'stationBooted':
    case 'configurationSeen':
    case 'configurationChanged':
      return ['configuration'];
    case 'password':
    case 'securityProfile':
      return ['credentials'];
    case 'connectorStatus':
    case 'availabilityChanged':
      return [effect.kind, effect.evseId, effect.connectorId];
    case 'transactionStarted':
    case 'transactionUpdated':
    case 'transactionEnded':
      return ['transaction', effect.transactionId];
    case 'firmwareStatus':
    case 'firmwareUpdateRequested':
      return ['firmware'];
    case 'logStatus':
    case 'logRequested':
      return ['log'];
    case 'signingRequest':
    case 'certificateAccepted':
      return ['signing'];
    case 'reservationMade':
    case 'reservationCancelled':
      return ['reservation', effect.reservationId];
    case 'chargingProfileSet':
    case 'chargingProfilesCleared':
      return ['chargingProfiles'];
    case 'localListVersion':
      return ['localList'];
    case 'certificateInstalled':
    case 'certificateDeleted':
    case 'certificatesSeen':
      return ['certificates'];
  }
}
