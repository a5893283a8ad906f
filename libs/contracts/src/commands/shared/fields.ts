import { z } from 'zod';

/** The fields that several commands have. Limits are those of the official schemas; the edge knows the narrower ones of 1.6. */

/** OCPP numbers are 32-bit signed. */
export function int32(min: number): z.ZodInt {
  return z
    .int()
    .min(min)
    .max(2 ** 31 - 1);
}

/** 0 means the whole station elsewhere; here it would be a mistake. */
export const evseId = int32(1).meta({ examples: [1] });

export const evseOrStation = int32(0)
  .describe('EVSE (1.6: connector); 0 means the whole station')
  .meta({ examples: [1] });

export const connectorId = int32(1);

export const idToken = z
  .string()
  .min(1)
  .max(36)
  .describe('Identifier of the driver; at most 20 characters for a 1.6 charge point')
  .meta({ examples: ['04E91C5A223C80'] });

export const idTokenType = z
  .enum(['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress', 'NoAuthorization'])
  .describe('2.0.1 IdTokenEnumType; Central when absent. 1.6 has no types');

export const groupIdToken = z
  .string()
  .min(1)
  .max(36)
  .describe('Identifier of the group (1.6 parentIdTag, at most 20 characters)');

export const transactionId = z
  .string()
  .min(1)
  .max(36)
  .describe('As listed by GET /api/v1/transactions, for both protocols a string')
  .meta({ examples: ['1042'] });

/** Sent to the charger as written. */
export const timestamp = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone, e.g. 2026-01-31T12:00:00Z' })
  .meta({ examples: ['2026-01-31T12:00:00Z'] });

/** 1.6 sets its firmware and diagnostics locations no limit, and signed URLs are long. */
export const location = z.url({
  protocol: /^(https?|ftps?|sftp)$/,
  error: 'must be a URL of http, https, ftp, ftps or sftp',
});

/** Of the security messages. */
export const shortLocation = location.max(512);

/** A key of 1.6 has 50 characters; `Component.Variable` of 2.0.1 has two names of 50. */
export const CONFIGURATION_KEY_LENGTH = 101;

export const retries = {
  retries: int32(0).optional().describe('How often to try again; absent leaves it to the charge point'),
  retry_interval: int32(0).optional().describe('Seconds between two attempts; absent leaves it to the charge point'),
};

export const logPeriod = {
  oldest: timestamp.optional().describe('Leave out what was logged before'),
  latest: timestamp.optional().describe('Leave out what was logged after'),
};

export const ocppRequestId = int32(1)
  .describe('OCPP requestId, found again in the status notifications; made by the gateway when absent')
  .meta({ examples: [8123] });

/** The same for the 1.6 calls that have no id and the 2.0.1 calls that do. */
export const ocppRequestIdOf201 = ocppRequestId
  .optional()
  .describe('2.0.1 requestId, found again in the status notifications; made by the gateway when absent. 1.6 has none');

/** Of a request whose answer comes in parts. */
export const reportRequestId = ocppRequestId
  .optional()
  .describe(
    'OCPP requestId; made by the gateway when absent. The answer comes in parts, which the gateway collects: read it with ' +
      'GET /api/v1/charge-points/{cp_id}/reports/{ocpp_request_id}',
  );

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

/** A field of an answer that the charge point may leave out: null then. */
export function orNull<T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> {
  return schema.nullable().default(null as never);
}
