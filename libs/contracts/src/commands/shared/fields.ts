import { z } from 'zod';
import { ID_TOKEN_TYPES } from '../../id-token-types.ts';

/** Fields that several commands have, with the limits of the official schemas. ws-edge checks the narrower ones of 1.6. */

/** OCPP numbers are 32-bit signed. */
export function int32(min: number): z.ZodInt {
  return z
    .int()
    .min(min)
    .max(2 ** 31 - 1);
}

/** In other fields 0 means the whole charge point. Here it would be a mistake. */
export const evseId = int32(1).meta({ examples: [1] });

export const evseOrStation = int32(0)
  .describe('Number of the EVSE (1.6: connector); 0 means the whole charge point')
  .meta({ examples: [1] });

export const connectorId = int32(1);

export const idToken = z
  .string()
  .min(1)
  .max(36)
  .describe('Id token of the driver; at most 20 characters for a 1.6 charge point')
  .meta({ examples: ['04E91C5A223C80'] });

export const idTokenType = z
  .enum(ID_TOKEN_TYPES)
  .describe('IdTokenEnumType of OCPP 2.0.1; absent means Central. OCPP 1.6 has no types');

export const groupIdToken = z.string().min(1).max(36).describe('Group token (1.6 parentIdTag, at most 20 characters)');

export const transactionId = z
  .string()
  .min(1)
  .max(36)
  .describe('Id of the transaction as GET /api/v1/transactions lists it; a string for both protocols')
  .meta({ examples: ['1042'] });

/** A time, which is sent to the charge point as it was written. */
export const timestamp = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone, e.g. 2026-01-31T12:00:00Z' })
  .meta({ examples: ['2026-01-31T12:00:00Z'] });

/** A time at which something ends. */
export const endTime = timestamp.meta({ examples: ['2036-01-31T12:00:00Z'] });

/** Has no limit, because 1.6 has none for locations of firmware and diagnostics, and signed URLs are long. */
export const location = z.url({
  protocol: /^(https?|ftps?|sftp)$/,
  error: 'must be a URL of http, https, ftp, ftps or sftp',
});

/** A location in a message of the security extension. */
export const shortLocation = location.max(512);

/** A key of 1.6 has 50 characters; `Component.Variable` of 2.0.1 has two names of 50. */
export const CONFIGURATION_KEY_LENGTH = 101;

export const retries = {
  retries: int32(0).optional().describe('How often to try again; absent means that the charge point decides'),
  retry_interval: int32(0)
    .optional()
    .describe('Seconds between two attempts; absent means that the charge point decides'),
};

export const logPeriod = {
  oldest: timestamp.optional().describe('Time before which entries of the log are left out; absent means none is'),
  latest: timestamp.optional().describe('Time after which entries of the log are left out; absent means none is'),
};

export const ocppRequestId = int32(1)
  .describe('OCPP requestId, which the status notifications repeat; when it is absent the gateway chooses one')
  .meta({ examples: [8123] });

/** The same for the 1.6 calls that have no id and the 2.0.1 calls that do. */
export const ocppRequestIdOf201 = ocppRequestId
  .optional()
  .describe(
    'requestId of OCPP 2.0.1, which the status notifications repeat; when it is absent the gateway chooses one. OCPP 1.6 has none',
  );

/** The id of a request after which the charge point sends a report in parts. */
export const reportRequestId = ocppRequestId
  .optional()
  .describe(
    'OCPP requestId; when it is absent the gateway chooses one. The charge point sends the report in parts; read it with ' +
      'GET /api/v1/charge-points/{cp_id}/reports/{ocpp_request_id}',
  );

/** A certificate or a chain of them. What else must hold is checked when the command is asked for. */
export const pem = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .meta({ pattern: String.raw`^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$` });

export const monitorId = int32(0);

export const checksum = z
  .string()
  .regex(/^[\da-f]{32}$/i, 'must be an MD5 checksum, 32 hexadecimal digits')
  .describe('MD5 of the image, hexadecimal')
  .meta({ examples: ['9e107d9d372bb6826bd81d3542a419d6'] });

export const reservationId = int32(1).meta({ examples: [501] });

export const fileName = orNull(z.string())
  .describe('Name of the file that will be uploaded; null when there is nothing to upload')
  .meta({ examples: ['diagnostics-2026-01-31.zip'] });

/** A field of an answer that is null when the charge point leaves it out. */
export function orNull<T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> {
  return schema.nullable().default(null as never);
}
