import type { Effect } from '@ocpp-gw/ocpp-j';
import type { Entry } from '../entry.ts';

/** Two entries with a key in common touch one row, or the rows of one list. */
export function rowPlaces({ station, effect, transactions }: Entry): string[] {
  const places = [tablePlace(effect), ...(transactions?.writes ? [['transactions']] : [])];
  return places.map((place) => JSON.stringify([station.cpId, ...place]));
}

function tablePlace(effect: Effect): (string | number)[] {
  switch (effect.kind) {
    case 'meterValues':
    case 'securityEvent':
    case 'dataTransferred':
    case 'stationEvents':
    case 'evChargingNeeds':
    case 'evChargingSchedule':
      return [effect.kind];
    case 'stationBooted':
    case 'configurationSeen':
    case 'configurationChanged':
    case 'variablesTold':
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
    case 'transactionStatusTold':
    case 'transactionEndInferred':
    case 'stopAssigned':
    case 'remoteStartAccepted':
      return ['transactions'];
    case 'firmwareStatus':
    case 'firmwareUpdateRequested':
      return ['firmware'];
    case 'firmwarePublicationRequested':
    case 'firmwarePublicationStatus':
    case 'firmwareUnpublished':
      return ['firmwarePublications'];
    case 'logStatus':
    case 'logRequested':
      return ['log'];
    case 'signingRequest':
    case 'certificateAccepted':
      return ['signing'];
    case 'reservationMade':
    case 'reservationCancelled':
    case 'reservationEnded':
      return ['reservation', effect.reservationId];
    case 'chargingProfileSet':
    case 'chargingProfilesCleared':
    case 'chargingProfilesReported':
      return ['chargingProfiles'];
    case 'chargingLimit':
      return ['chargingLimits'];
    case 'localListVersion':
      return ['localList'];
    case 'certificateInstalled':
    case 'certificateDeleted':
    case 'certificatesSeen':
      return ['certificates'];
    case 'monitorsTold':
    case 'monitorsCleared':
      return ['monitors'];
    case 'reportRequested':
    case 'reportPart':
      return ['report', effect.report, effect.requestId];
    case 'displayMessagesTold':
    case 'displayMessageCleared':
      return ['displayMessages'];
    case 'networkProfileSet':
      return ['networkProfile', effect.configurationSlot];
  }
}
