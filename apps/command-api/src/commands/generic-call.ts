import { z } from 'zod';
import { OUTBOUND_ACTIONS } from './check-call.ts';
import type { Order } from './order.ts';
import { timeoutSeconds } from './timeout.ts';

/** A call of the charger's own protocol, as callers write it. */

const KNOWN = [...OUTBOUND_ACTIONS].map(([protocol, actions]) => `${protocol}: ${actions.join(', ')}`).join('. ');

export const action = z
  .string()
  .regex(/^[A-Za-z0-9]{1,50}$/, 'must be the name of an OCPP action, e.g. GetConfiguration')
  .describe(`Any action that the CSMS may call in the protocol of the charge point. ${KNOWN}.`)
  .meta({ examples: ['TriggerMessage'] });

export const payload = z
  .record(z.string(), z.unknown())
  .meta({ examples: [{ requestedMessage: 'StatusNotification', connectorId: 1 }] });

/** The answer to a generic call. */
export const answerPayload = z.record(z.string(), z.unknown()).meta({ examples: [{ status: 'Accepted' }] });

/** What a message says of a generic call besides its payload. */
export const genericCallRequest = z.strictObject({ action, timeout_s: timeoutSeconds });

export function genericCall(cpId: string, name: string, payload: Record<string, unknown>): Order {
  return {
    cpId,
    name: 'call',
    action: name,
    request: payload,
    toCommand: () => ({ kind: 'Call', action: name, payload }),
  };
}
