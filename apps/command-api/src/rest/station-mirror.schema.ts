import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const configurationEntry = z
  .object({
    key: z.string().describe('Name of the configuration key'),
    value: z.string().nullable().describe('Value of the key, as text; null when it is write-only or has no value'),
    readonly: z
      .boolean()
      .nullable()
      .describe('Whether the key cannot be changed; null when the charge point has not reported it'),
    reboot_required: z.boolean().describe('Whether the value takes effect only with the next boot'),
    seen_at: timestamp.describe('When the value was last read from the charge point or accepted by it'),
  })
  .meta({ id: 'ConfigurationEntry' });

export const configurationPage = pageOf(configurationEntry).meta({ id: 'ConfigurationPage' });

const reservationState = z
  .enum(['active', 'used', 'cancelled', 'expired', 'ended_by_station'])
  .describe(
    'State of the reservation. expired: nobody used it before its end; ended_by_station: the charge point ended it by itself (2.0.1)',
  );

const reservation = z
  .object({
    reservation_id: z.int().describe('Id of the reservation'),
    evse_id: z.int().min(0).describe('Number of the reserved EVSE; 0 means any EVSE of the charge point'),
    connector_type: z
      .string()
      .nullable()
      .describe('Type of connector that was reserved instead of an EVSE (2.0.1 only); null when there is none'),
    id_token: z.string().describe('Id token that the reservation is for'),
    group_id_token: z
      .string()
      .nullable()
      .describe('Group token whose members may also use the reservation; null when there is none'),
    expires_at: timestamp.describe('When the reservation ends if nobody uses it'),
    state: reservationState,
    transaction_id: z.string().nullable().describe('Transaction that used the reservation; null when none has'),
    created_at: timestamp.describe('When the charge point accepted the reservation'),
    updated_at: timestamp.describe('When the reservation was last changed'),
  })
  .meta({ id: 'Reservation' });

export const reservationPage = pageOf(reservation).meta({ id: 'ReservationPage' });

export const reservationQuery = z.strictObject({ state: reservationState.optional() });

export const localList = z
  .object({
    version: z
      .int()
      .nullable()
      .describe(
        'Version of the list; 0 means that it is empty, -1 that the charge point keeps no list, null that it is not known',
      ),
    updated_at: timestamp.nullable().describe('When the version was last read or set; null when it is not known'),
  })
  .meta({ id: 'LocalList' });

const availability = z
  .object({
    evse_id: z.int().min(0).describe('Number of the EVSE; 0 means the whole charge point'),
    connector_id: z.int().min(0).describe('Number of the connector within its EVSE; 0 means the whole EVSE'),
    operative: z.boolean().describe('Whether it may be used for charging'),
    scheduled: z.boolean().describe('Whether the change takes effect only when the running transaction ends'),
    changed_at: timestamp.describe('When the charge point accepted the change'),
  })
  .meta({ id: 'Availability' });

export const availabilityPage = pageOf(availability).meta({ id: 'AvailabilityPage' });
