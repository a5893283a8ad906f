import type { ExtendedTriggerMessageRequest } from '#generated/messages.d.ts';
import { oneConnector } from './connector.ts';
import { outbound } from './outbound.ts';

/** ExtendedTriggerMessage (security whitepaper, A02): what TriggerMessage has no names for. */
export const extendedTriggerMessage = outbound('ExtendedTriggerMessage', 'ExtendedTriggerMessage', {
  toCall: ({ requestedMessage, evseId }, checked) =>
    checked(
      // Its schema has the last word.
      { requestedMessage: requestedMessage as ExtendedTriggerMessageRequest['requestedMessage'], connectorId: evseId },
      oneConnector(evseId),
    ),
});
