import { optionalTimeOf } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** GetLog (OCPP 2.0.1 N01). */
export const getLog = outbound('GetLog', 'GetLog', {
  toCall(command, checked) {
    const { logType, ocppRequestId, location, retries, retryInterval, oldest, latest } = command;
    return checked({
      log: { remoteLocation: location, oldestTimestamp: oldest, latestTimestamp: latest },
      logType,
      requestId: ocppRequestId,
      retries,
      retryInterval,
    });
  },
  mirror: {
    answered({ log, logType, requestId }, { status, filename }, now) {
      if (status === 'Rejected') return [];
      return [
        {
          kind: 'logRequested',
          logType,
          requestId,
          location: log.remoteLocation,
          oldest: optionalTimeOf(log.oldestTimestamp, now),
          latest: optionalTimeOf(log.latestTimestamp, now),
          fileName: filename,
        },
      ];
    },
  },
  readAnswer: ({ filename }) => ({ fileName: filename || undefined }),
});
