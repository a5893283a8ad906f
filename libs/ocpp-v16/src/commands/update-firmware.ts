import type { UpdateFirmware } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { type MirrorOf, timeOf } from './mirror.ts';

/** UpdateFirmware (OCPP 1.6 section 5.19). */
export function updateFirmware({ location, retrieveAt, retries, retryInterval }: UpdateFirmware): Translation {
  return checked('UpdateFirmware', { location, retries, retrieveDate: retrieveAt, retryInterval });
}

export const updateFirmwareMirror = {
  // Its answer is empty: any is a yes.
  answered: ({ location, retrieveDate }, _answer, now) => [
    { kind: 'firmwareUpdateRequested', signed: false, location, retrieveAt: timeOf(retrieveDate, now) },
  ],
} satisfies MirrorOf<'UpdateFirmware'>;
