import type { GetDiagnostics } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { type MirrorOf, optionalTimeOf } from './mirror.ts';

/** GetDiagnostics (OCPP 1.6 section 5.9). */
export function getDiagnostics(command: GetDiagnostics): Translation {
  const { location, retries, retryInterval, oldest, latest } = command;
  return checked('GetDiagnostics', { location, retries, retryInterval, startTime: oldest, stopTime: latest });
}

export const getDiagnosticsMirror = {
  answered({ location, startTime, stopTime }, { fileName }, now) {
    // No file name: there is nothing to upload, and no upload will be told of.
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
} satisfies MirrorOf<'GetDiagnostics'>;
