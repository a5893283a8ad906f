import { guardedAgent, type AddressPolicy } from '@ocpp-gw/egress';
import type { Agent } from 'undici';
import { OcspError } from './errors.ts';

/** Greatest size of an answer, larger than any answer with its certificates. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Connections to one responder. */
const CONNECTIONS = 16;

export interface ResponderAgentOptions extends Omit<AddressPolicy, 'refused'> {
  timeoutMs: number;
}

/** Connections to OCSP responders, whose addresses come from chargers and certificates. */
export function createResponderAgent({ allowPrivate, timeoutMs, resolve }: ResponderAgentOptions): Agent {
  return guardedAgent({
    allowPrivate,
    timeoutMs,
    resolve,
    connections: CONNECTIONS,
    maxResponseSize: MAX_ANSWER_BYTES,
    // The message goes to a charge point, which must learn neither names nor addresses of our network.
    refused: () => new OcspError('the responder has no public address'),
  });
}
