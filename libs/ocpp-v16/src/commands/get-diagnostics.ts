import { optionalTimeOf } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** GetDiagnostics (OCPP 1.6 section 5.9). */
export const getDiagnostics = outbound('GetDiagnostics', 'GetDiagnostics', {
  toCall(command, checked) {
    const { location, retries, retryInterval, oldest, latest } = command;
    return checked({ location, retries, retryInterval, startTime: oldest, stopTime: latest });
  },
  mirror: {
    answered({ location, startTime, stopTime }, { fileName }, now) {
      // Without a file name there is nothing to upload, and no notification of an upload will come.
      if (!fileName) return [];
      return [
        {
          kind: 'logRequested',
          logType: 'Diagnostics',
          location,
          oldest: optionalTimeOf(startTime, now),
          latest: optionalTimeOf(stopTime, now),
          fileName,
        },
      ];
    },
  },
  readAnswer: ({ fileName }) => ({ fileName: fileName || undefined }),
});
