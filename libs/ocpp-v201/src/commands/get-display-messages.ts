import type { GetDisplayMessages } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';
import { reportRequested } from './report-requested.ts';

/** GetDisplayMessages (OCPP 2.0.1 O03, O04). */
export function getDisplayMessages({ ocppRequestId, ids, priority, state }: GetDisplayMessages): Translation {
  return checked('GetDisplayMessages', { requestId: ocppRequestId, id: ids && [...ids], priority, state });
}

export const getDisplayMessagesMirror = {
  answered: ({ requestId }, answer) => reportRequested('DisplayMessages', requestId, answer),
} satisfies MirrorOf<'GetDisplayMessages'>;
