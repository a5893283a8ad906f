import type { CommandOf } from '@ocpp-gw/contracts';
import { type Checked, demand, type Translation } from '@ocpp-gw/ocpp-j';
import type { TriggerMessageRequest } from '#generated/messages.d.ts';
import { oneEvse } from './evse.ts';
import { outbound } from './outbound.ts';

/** Messages of 1.6 that have another name in 2.0.1. */
const BECAME: Readonly<Record<string, string>> = {
  DiagnosticsStatusNotification: 'LogStatusNotification',
  SignChargePointCertificate: 'SignChargingStationCertificate',
};

type Trigger = Pick<CommandOf<'TriggerMessage' | 'ExtendedTriggerMessage'>, 'requestedMessage' | 'evseId'>;

/** TriggerMessage (OCPP 2.0.1 F06). */
export const triggerMessage = outbound('TriggerMessage', 'TriggerMessage', { toCall: trigger });

/** Both commands are this message in 2.0.1. */
export function trigger({ requestedMessage, evseId }: Trigger, checked: Checked<TriggerMessageRequest>): Translation {
  // A status is triggered for one connector (F06.FR.12).
  const ofConnector = requestedMessage === 'StatusNotification';
  return checked(
    {
      // The schema checks the name.
      requestedMessage: (BECAME[requestedMessage] ?? requestedMessage) as TriggerMessageRequest['requestedMessage'],
      evse: evseId === undefined ? undefined : { id: evseId, connectorId: ofConnector ? 1 : undefined },
    },
    [
      ...demand(!ofConnector || evseId !== undefined, '/evse', 'is required for a StatusNotification'),
      ...oneEvse(evseId, '/evse/id'),
    ],
  );
}
