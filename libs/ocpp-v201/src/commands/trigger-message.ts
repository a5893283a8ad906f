import type { TriggerMessage } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { TriggerMessageRequest } from '#generated/messages.d.ts';
import { checked, demand } from './checked.ts';
import { oneEvse } from './evse.ts';

/** Messages of 1.6 that 2.0.1 calls otherwise. */
const BECAME: Readonly<Record<string, string>> = {
  DiagnosticsStatusNotification: 'LogStatusNotification',
  SignChargePointCertificate: 'SignChargingStationCertificate',
};

/** TriggerMessage (OCPP 2.0.1 F06); it has one message for both of 1.6. */
export function triggerMessage({ requestedMessage, evseId }: Omit<TriggerMessage, 'kind'>): Translation {
  // The status is told of one connector: F06.FR.12.
  const ofConnector = requestedMessage === 'StatusNotification';
  return checked(
    'TriggerMessage',
    {
      // Its schema has the last word.
      requestedMessage: (BECAME[requestedMessage] ?? requestedMessage) as TriggerMessageRequest['requestedMessage'],
      evse: evseId === undefined ? undefined : { id: evseId, connectorId: ofConnector ? 1 : undefined },
    },
    [
      ...demand(!ofConnector || evseId !== undefined, '/evse', 'is required for a StatusNotification'),
      ...oneEvse(evseId, '/evse/id'),
    ],
  );
}
