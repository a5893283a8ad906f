import {
  COMMAND_CEILING_MS,
  type ChangeAvailability,
  type RemoteStart,
  type RemoteStop,
  type Reset,
} from '@ocpp-gw/contracts';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';

/** The commands as callers write them, the same for both doors: checked here, described in OpenAPI from here. */

const CEILING_S = COMMAND_CEILING_MS / 1000;

/** OCPP numbers are 32-bit signed. */
const MAX_INT = 2 ** 31 - 1;

const WAIT = 'Seconds to wait for the answer of the charge point';

const timeoutSeconds = z
  .number()
  .min(1)
  .max(CEILING_S)
  .default(CEILING_S)
  .describe(WAIT)
  .meta({ examples: [10] });

/** The same in a query parameter. */
export const timeoutSecondsText = z.coerce.number().min(1).max(CEILING_S).default(CEILING_S).describe(WAIT);

const evseId = z.int().min(1).max(MAX_INT);

/** 2.0.1 IdTokenEnumType. */
const idTokenType = z.enum([
  'Central',
  'eMAID',
  'ISO14443',
  'ISO15693',
  'KeyCode',
  'Local',
  'MacAddress',
  'NoAuthorization',
]);

export const remoteStartRequest = z
  .strictObject({
    id_token: z
      .string()
      .min(1)
      .max(36)
      .describe('Identifier of the driver; at most 20 characters for a 1.6 charge point')
      .meta({ examples: ['04E91C5A223C80'] }),
    id_token_type: idTokenType.optional().describe('2.0.1 only; Central when absent'),
    evse_id: evseId
      .optional()
      .describe('EVSE (1.6: connector); absent leaves the choice to the charge point where its version allows')
      .meta({ examples: [1] }),
    remote_start_id: z
      .int()
      .min(1)
      .max(MAX_INT)
      .optional()
      .describe('2.0.1 remoteStartId, found again on the transaction; made by the gateway when absent'),
    timeout_s: timeoutSeconds,
  })
  .meta({ id: 'RemoteStartRequest' });

export const remoteStopRequest = z
  .strictObject({
    transaction_id: z
      .string()
      .min(1)
      .max(36)
      .describe('As listed by GET /api/v1/transactions, for both protocols a string')
      .meta({ examples: ['1042'] }),
    timeout_s: timeoutSeconds,
  })
  .meta({ id: 'RemoteStopRequest' });

export const resetRequest = z
  .strictObject({
    type: z
      .enum(['soft', 'hard'])
      .describe('soft: 1.6 Soft, 2.0.1 OnIdle; hard: 1.6 Hard, 2.0.1 Immediate')
      .meta({ examples: ['soft'] }),
    evse_id: evseId.optional().describe('2.0.1 only; absent resets the station'),
    timeout_s: timeoutSeconds,
  })
  .meta({ id: 'ResetRequest' });

export const changeAvailabilityRequest = z
  .strictObject({
    operative: z
      .boolean()
      .describe('Whether it shall charge')
      .meta({ examples: [false] }),
    evse_id: evseId
      .optional()
      .describe('EVSE (1.6: connector); absent means the whole station')
      .meta({ examples: [1] }),
    connector_id: z.int().min(1).max(MAX_INT).optional().describe('2.0.1 only; absent means the whole EVSE'),
    timeout_s: timeoutSeconds,
  })
  .refine(({ evse_id, connector_id }) => connector_id === undefined || evse_id !== undefined, {
    path: ['evse_id'],
    message: 'is needed with connector_id',
  })
  .meta({ id: 'ChangeAvailabilityRequest' });

/** Of a generic call. */
export const action = z
  .string()
  .regex(/^[A-Za-z0-9]{1,50}$/, 'must be the name of an OCPP action, e.g. GetConfiguration')
  .meta({ examples: ['TriggerMessage'] });

export const payload = z
  .record(z.string(), z.unknown())
  .meta({ examples: [{ requestedMessage: 'StatusNotification', connectorId: 1 }] });

/** The answer to a generic call. */
export const answerPayload = z.record(z.string(), z.unknown()).meta({ examples: [{ status: 'Accepted' }] });

/** A generic call where all of it is one message. */
export const genericCallRequest = z.strictObject({ action, payload, timeout_s: timeoutSeconds });

/** Whom a message is for, where no path says so. */
export const addressed = z.object({ cp_id: cpId });

export type RemoteStartRequest = z.infer<typeof remoteStartRequest>;
export type RemoteStopRequest = z.infer<typeof remoteStopRequest>;
export type ResetRequest = z.infer<typeof resetRequest>;
export type ChangeAvailabilityRequest = z.infer<typeof changeAvailabilityRequest>;

/** `remoteStartId` is used where the request brings none. */
export function toRemoteStart(request: RemoteStartRequest, remoteStartId: number): RemoteStart {
  return {
    kind: 'RemoteStart',
    idToken: request.id_token,
    idTokenType: request.id_token_type,
    evseId: request.evse_id,
    remoteStartId: request.remote_start_id ?? remoteStartId,
  };
}

export function toRemoteStop(request: RemoteStopRequest): RemoteStop {
  return { kind: 'RemoteStop', transactionId: request.transaction_id };
}

export function toReset(request: ResetRequest): Reset {
  return { kind: 'Reset', type: request.type, evseId: request.evse_id };
}

export function toChangeAvailability(request: ChangeAvailabilityRequest): ChangeAvailability {
  return {
    kind: 'ChangeAvailability',
    operative: request.operative,
    evseId: request.evse_id,
    connectorId: request.connector_id,
  };
}
