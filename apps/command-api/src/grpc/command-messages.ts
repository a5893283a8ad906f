import type { TypedKind } from '@ocpp-gw/contracts';
import { DEFINITIONS } from '../commands/definitions.ts';
import { mapMessage } from './message-mapping.ts';
import { messageOf, rpcOf } from './proto.ts';

/** Converts the request and the response of one rpc. */
export interface MessagesOf {
  /** Returns the body of the REST route, and `cp_id`. */
  read(message: object): Record<string, unknown>;
  write(answer: object): object;
}

/** The fields of a request message that the body of the REST route lacks. */
const ENVELOPE = { cp_id: 'cp_id', timeout_seconds: 'timeout_s' };

/** Made at start, so that a message that differs from its REST route stops the start and not a call. */
export const MESSAGES = Object.fromEntries(
  DEFINITIONS.map(({ kind, request, answer }): [TypedKind, MessagesOf] => {
    const asked = mapMessage(messageOf(`${kind}Request`), request, ENVELOPE);
    const answered = mapMessage(messageOf(`${kind}Response`), answer);
    const { fromPartial } = rpcOf(kind).responseType;
    return [kind, { read: asked.toRest, write: (answer) => fromPartial(answered.toMessage(answer)) }];
  }),
) as Record<TypedKind, MessagesOf>;
