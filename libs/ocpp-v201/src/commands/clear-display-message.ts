import { outbound } from './outbound.ts';

/** ClearDisplayMessage (OCPP 2.0.1 O05). */
export const clearDisplayMessage = outbound('ClearDisplayMessage', 'ClearDisplayMessage', {
  toCall: ({ id }, checked) => checked({ id }),
  mirror: {
    // Accepted or Unknown, which says that the station has no such message: either way it is gone.
    answered: ({ id }) => [{ kind: 'displayMessageCleared', id }],
  },
});
