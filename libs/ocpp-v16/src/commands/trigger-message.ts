import type { TriggerMessage } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { TriggerMessageRequest } from '#generated/messages.d.ts';
import { checked } from './checked.ts';
import { oneConnector } from './connector.ts';

/** TriggerMessage (OCPP 1.6 section 5.17). */
export function triggerMessage({ requestedMessage, evseId }: TriggerMessage): Translation {
  return checked(
    'TriggerMessage',
    // Its schema has the last word.
    { requestedMessage: requestedMessage as TriggerMessageRequest['requestedMessage'], connectorId: evseId },
    oneConnector(evseId),
  );
}
