import type { GetCompositeSchedule } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { connectorOrStation } from './connector.ts';

/** GetCompositeSchedule (OCPP 1.6 section 5.7). */
export function getCompositeSchedule({ evseId, duration, chargingRateUnit }: GetCompositeSchedule): Translation {
  return checked(
    'GetCompositeSchedule',
    { connectorId: evseId, duration, chargingRateUnit },
    connectorOrStation(evseId),
  );
}
