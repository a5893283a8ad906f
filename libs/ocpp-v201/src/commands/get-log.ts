import type { GetLog } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { type MirrorOf, optionalTimeOf } from './mirror.ts';

/** GetLog (OCPP 2.0.1 N01). */
export function getLog(command: GetLog): Translation {
  const { logType, ocppRequestId, location, retries, retryInterval, oldest, latest } = command;
  return checked('GetLog', {
    log: { remoteLocation: location, oldestTimestamp: oldest, latestTimestamp: latest },
    logType,
    requestId: ocppRequestId,
    retries,
    retryInterval,
  });
}

export const getLogMirror = {
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
} satisfies MirrorOf<'GetLog'>;
