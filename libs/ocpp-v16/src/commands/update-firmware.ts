import { timeOf } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** UpdateFirmware (OCPP 1.6 section 5.19). */
export const updateFirmware = outbound('UpdateFirmware', 'UpdateFirmware', {
  toCall: ({ location, retrieveAt, retries, retryInterval }, checked) =>
    checked({ location, retries, retrieveDate: retrieveAt, retryInterval }),
  mirror: {
    // The answer is empty, so every answer means accepted.
    answered: ({ location, retrieveDate }, _answer, now) => [
      { kind: 'firmwareUpdateRequested', signed: false, location, retrieveAt: timeOf(retrieveDate, now) },
    ],
  },
});
