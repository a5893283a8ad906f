import { readDisplayMessage } from './display-message.ts';
import { outbound } from './outbound.ts';

/** SetDisplayMessage (OCPP 2.0.1 O01, O02, and O06 for one that is replaced). */
export const setDisplayMessage = outbound('SetDisplayMessage', 'SetDisplayMessage', {
  toCall: ({ message }, checked) => checked({ message }),
  mirror: {
    answered: ({ message }, { status }) =>
      status === 'Accepted' ? [{ kind: 'displayMessagesReported', messages: [readDisplayMessage(message)] }] : [],
  },
});
