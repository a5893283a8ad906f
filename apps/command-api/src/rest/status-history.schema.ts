import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { withPeriod } from './filters.ts';
import { CONNECTOR_STATUSES, ERROR_CODES } from './known-values.ts';
import { eventShape, moment, pageOf, pageQuery } from './page.ts';

const connectorStatus = z
  .object({
    ...eventShape,
    evse_id: z
      .int()
      .min(0)
      .describe('Number of the EVSE; connector N of OCPP 1.6 is EVSE N; 0 means the whole charge point'),
    connector_id: z
      .int()
      .min(0)
      .describe('Number of the connector within its EVSE; 0 means the whole EVSE or charge point'),
    status: openEnum(CONNECTOR_STATUSES).describe('Status as the charge point sent it'),
    error_code: openEnum(ERROR_CODES).nullable().describe('Error code of OCPP 1.6; null for 2.0.1, which has none'),
    info: z.string().nullable().describe('Free text that came with the status; null when there was none'),
    vendor_id: z
      .string()
      .nullable()
      .describe('Id of the vendor that defines vendor_error_code; null when there was none'),
    vendor_error_code: z.string().nullable().describe("Vendor's own error code; null when there was none"),
  })
  .meta({ id: 'ConnectorStatus' });

export const connectorStatusPage = pageOf(connectorStatus).meta({ id: 'ConnectorStatusPage' });

const number = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional();

export const statusHistoryQuery = withPeriod(
  z.strictObject({
    from: moment.optional().describe('Only statuses that began at this time or later'),
    to: moment.optional().describe('Only statuses that began before this time'),
    evse_id: number.describe('Only statuses of this EVSE; 0 means those of the charge point as a whole'),
    connector_id: number.describe('Only statuses of connectors with this number'),
    status: z
      .string()
      .min(1)
      .max(50)
      .optional()
      .describe('Only this status')
      .meta({ examples: ['Faulted'] }),
    ...pageQuery({ preset: 200, max: 5000 }),
  }),
);
