import { outboundBy } from './outbound.ts';
import { trigger, triggerMessage } from './trigger-message.ts';

/** The messages of the 1.6 security extension, as TriggerMessage (OCPP 2.0.1 F06). */
export const extendedTriggerMessage = outboundBy(triggerMessage, 'ExtendedTriggerMessage', { toCall: trigger });
