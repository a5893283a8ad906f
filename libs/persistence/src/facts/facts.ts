import type { Effect } from '@ocpp-gw/ocpp-j';
import { availability } from './availability.ts';
import { boots } from './boots.ts';
import { certificateSignings } from './certificate-signings.ts';
import { chargingLimits } from './charging-limits.ts';
import { chargingProfiles } from './charging-profiles.ts';
import { configurationKeys } from './configuration-keys.ts';
import { connectors } from './connectors.ts';
import { credentials } from './credentials.ts';
import { deviceVariables } from './device-variables.ts';
import { displayMessages } from './display-messages.ts';
import type { Fact } from './fact.ts';
import { firmwarePublications } from './firmware-publications.ts';
import { firmwareUpdates } from './firmware-updates.ts';
import { installedCertificates } from './installed-certificates.ts';
import { latestNotifications } from './latest-notifications.ts';
import { localLists } from './local-lists.ts';
import { logUploads } from './log-uploads.ts';
import { networkProfiles } from './network-profiles.ts';
import { onlyEvents } from './only-events.ts';
import { reportParts } from './report-parts.ts';
import { reports } from './reports.ts';
import { reservations } from './reservations.ts';
import { transactions } from './transactions.ts';
import { variableMonitors } from './variable-monitors.ts';

/**
 * How each kind of fact is kept. They are written in this order: a boot before the notifications, which are news where the
 * station has booted since.
 */
export const FACTS: { readonly [Kind in Effect['kind']]: Fact<Kind> } = {
  ...transactions,
  ...boots,
  ...configurationKeys,
  ...connectors,
  ...latestNotifications,
  ...firmwareUpdates,
  ...logUploads,
  ...certificateSignings,
  ...installedCertificates,
  ...credentials,
  ...reservations,
  ...chargingProfiles,
  ...chargingLimits,
  ...localLists,
  ...availability,
  ...deviceVariables,
  ...variableMonitors,
  ...reports,
  ...reportParts,
  ...displayMessages,
  ...networkProfiles,
  ...firmwarePublications,
  ...onlyEvents,
};
