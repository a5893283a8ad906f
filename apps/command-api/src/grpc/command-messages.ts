import type { TypedKind } from '@ocpp-gw/contracts';
import { DEFINITIONS } from '../commands/definitions.ts';
import { mapMessage } from './message-mapping.ts';
import { codec, gatewayTypes } from './proto.ts';

/** The two messages of one rpc. */
export interface MessagesOf {
  /** The body of the REST route, and `cp_id`. */
  read(message: object): Record<string, unknown>;
  write(answer: object): object;
}

/** What a request message says besides the body of the REST route. */
const ENVELOPE = { cp_id: 'cp_id', timeout_seconds: 'timeout_s' };

/** Made at start, so that a message that differs from its REST route never serves a call. */
export const MESSAGES = Object.fromEntries(
  DEFINITIONS.map(({ kind, request, answer }): [TypedKind, MessagesOf] => {
    const asked = mapMessage(gatewayTypes, `${kind}Request`, request, ENVELOPE);
    const answered = mapMessage(gatewayTypes, `${kind}Response`, answer);
    const { fromPartial } = codec(`${kind}Response`);
    return [kind, { read: asked.toRest, write: (answer) => fromPartial(answered.toMessage(answer)) }];
  }),
) as Record<TypedKind, MessagesOf>;
