import type { TriggerMessageRequest } from '#generated/messages.d.ts';
import { oneConnector } from './connector.ts';
import { outbound } from './outbound.ts';

/** TriggerMessage (OCPP 1.6 section 5.17). */
export const triggerMessage = outbound('TriggerMessage', 'TriggerMessage', {
  toCall: ({ requestedMessage, evseId }, checked) =>
    checked(
      // The schema checks the name.
      { requestedMessage: requestedMessage as TriggerMessageRequest['requestedMessage'], connectorId: evseId },
      oneConnector(evseId),
    ),
});
