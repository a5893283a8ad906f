import type { ExtendedTriggerMessage } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { ExtendedTriggerMessageRequest } from '#generated/messages.d.ts';
import { checked } from './checked.ts';
import { oneConnector } from './connector.ts';

/** ExtendedTriggerMessage (security whitepaper, A02): what TriggerMessage has no names for. */
export function extendedTriggerMessage({ requestedMessage, evseId }: ExtendedTriggerMessage): Translation {
  return checked(
    'ExtendedTriggerMessage',
    // Its schema has the last word.
    { requestedMessage: requestedMessage as ExtendedTriggerMessageRequest['requestedMessage'], connectorId: evseId },
    oneConnector(evseId),
  );
}
