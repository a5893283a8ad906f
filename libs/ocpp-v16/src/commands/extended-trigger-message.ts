import type { ExtendedTriggerMessageRequest } from '#generated/messages.d.ts';
import { oneConnector } from './connector.ts';
import { outbound } from './outbound.ts';

/** ExtendedTriggerMessage (security whitepaper, A02): it triggers the messages that TriggerMessage cannot name. */
export const extendedTriggerMessage = outbound('ExtendedTriggerMessage', 'ExtendedTriggerMessage', {
  toCall: ({ requestedMessage, evseId }, checked) =>
    checked(
      // The schema checks the name.
      { requestedMessage: requestedMessage as ExtendedTriggerMessageRequest['requestedMessage'], connectorId: evseId },
      oneConnector(evseId),
    ),
});
