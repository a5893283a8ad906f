import type { SetDisplayMessage } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { readDisplayMessage } from './display-message.ts';
import type { MirrorOf } from './mirror.ts';

/** SetDisplayMessage (OCPP 2.0.1 O01, O02, and O06 for one that is replaced). */
export function setDisplayMessage({ message }: SetDisplayMessage): Translation {
  return checked('SetDisplayMessage', { message });
}

export const setDisplayMessageMirror = {
  answered: ({ message }, { status }) =>
    status === 'Accepted' ? [{ kind: 'displayMessagesTold', messages: [readDisplayMessage(message)] }] : [],
} satisfies MirrorOf<'SetDisplayMessage'>;
