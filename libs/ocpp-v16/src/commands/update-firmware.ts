import { timeOf } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** UpdateFirmware (OCPP 1.6 section 5.19). */
export const updateFirmware = outbound('UpdateFirmware', 'UpdateFirmware', {
  toCall: ({ location, retrieveAt, retries, retryInterval }, checked) =>
    checked({ location, retries, retrieveDate: retrieveAt, retryInterval }),
  mirror: {
    // Its answer is empty: any is a yes.
    answered: ({ location, retrieveDate }, _answer, now) => [
      { kind: 'firmwareUpdateRequested', signed: false, location, retrieveAt: timeOf(retrieveDate, now) },
    ],
  },
});
