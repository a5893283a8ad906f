import type { ClearDisplayMessage } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** ClearDisplayMessage (OCPP 2.0.1 O05). */
export function clearDisplayMessage({ id }: ClearDisplayMessage): Translation {
  return checked('ClearDisplayMessage', { id });
}

export const clearDisplayMessageMirror = {
  // Accepted or Unknown, which says that the station has no such message: either way it is gone.
  answered: ({ id }) => [{ kind: 'displayMessageCleared', id }],
} satisfies MirrorOf<'ClearDisplayMessage'>;
