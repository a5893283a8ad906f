import { UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { bootRows } from './boot.ts';
import { chargingLimitRows } from './charging-limit.ts';
import { commandRows } from './command.ts';
import { connectionRows } from './connection.ts';
import { dataTransferRows } from './data-transfer.ts';
import { evChargingNeedsRows } from './ev-charging-needs.ts';
import { evChargingScheduleRows } from './ev-charging-schedule.ts';
import { firmwarePublicationRows } from './firmware-publication.ts';
import { firmwareRows } from './firmware.ts';
import { logRows } from './log.ts';
import { meterRows } from './meter.ts';
import { reportRows } from './report.ts';
import { reservationEndRows } from './reservation-end.ts';
import type { Row } from './row.ts';
import { securityEventRows } from './security-event.ts';
import { signingRequestRows } from './signing-request.ts';
import { stationEventRows } from './station-event.ts';
import { statusRows } from './status.ts';
import { transactionEndedRows } from './transaction-ended.ts';
import { transactionStartedRows } from './transaction-started.ts';
import { transactionUpdatedRows } from './transaction-updated.ts';

/**
 * The rows of an event. The switch is exhaustive: a new payload breaks the build until it has a table.
 * @throws UndecodableEventError when the event can be no row.
 */
export function rowsOf(event: Event): Row[] {
  const { payload } = event;
  switch (payload?.$case) {
    case 'stationBooted':
      return bootRows(event, payload.value);
    case 'connectorStatusChanged':
      return statusRows(event, payload.value);
    case 'meterValuesReported':
      return meterRows(event, payload.value);
    case 'transactionStarted':
      return transactionStartedRows(event, payload.value);
    case 'transactionUpdated':
      return transactionUpdatedRows(event, payload.value);
    case 'transactionEnded':
      return transactionEndedRows(event, payload.value);
    case 'connectionChanged':
      return connectionRows(event, payload.value);
    case 'commandCompleted':
      return commandRows(event, payload.value);
    case 'firmwareStatusChanged':
      return firmwareRows(event, payload.value);
    case 'logStatusChanged':
      return logRows(event, payload.value);
    case 'securityEventOccurred':
      return securityEventRows(event, payload.value);
    case 'certificateSigningRequested':
      return signingRequestRows(event, payload.value);
    case 'dataTransferred':
      return dataTransferRows(event, payload.value);
    case 'stationEventOccurred':
      return stationEventRows(event, payload.value);
    case 'firmwarePublicationChanged':
      return firmwarePublicationRows(event, payload.value);
    case 'chargingLimitChanged':
      return chargingLimitRows(event, payload.value);
    case 'evChargingNeedsReported':
      return evChargingNeedsRows(event, payload.value);
    case 'evChargingScheduleReported':
      return evChargingScheduleRows(event, payload.value);
    case 'reservationEnded':
      return reservationEndRows(event, payload.value);
    case 'reportCompleted':
      return reportRows(event, payload.value);
    case undefined:
      throw new UndecodableEventError(`event ${event.id} has no payload`);
  }
}
