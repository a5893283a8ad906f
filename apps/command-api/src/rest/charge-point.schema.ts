import { openEnum } from '@ocpp-gw/contracts';
import { CHARGE_POINT_SORTS, type ChargePointRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { PROTOCOL_NAMES } from '../commands/check-call.ts';
import type { Presence } from '../reads/charge-points.ts';
import { flag, sortBy, tagQuery } from './filters.ts';
import { CONNECTOR_STATUSES, ERROR_CODES } from './known-values.ts';
import { pageOf, pageQuery, protocol, timestamp } from './page.ts';
import type { SourceOf } from './render.ts';

const chargePointShape = {
  cp_id: z.string().describe('Identity of the charge point'),
  online: z.boolean().nullable().describe('Whether the charge point is connected; null while Redis is unavailable'),
  connection: z
    .object({
      pod: z.string().describe('ws-edge pod that holds the connection'),
      connection_id: z.string().describe('Id of the connection, also in the logs'),
      protocol,
      since: timestamp.describe('When the connection was opened'),
      last_seen_at: timestamp.describe('When the charge point last sent something on this connection'),
    })
    .nullable()
    .describe('The open connection; null when the charge point is not connected or Redis is unavailable'),
  last_seen_at: timestamp.nullable().describe('When the charge point last sent something; null when it never has'),
  protocol: openEnum(PROTOCOL_NAMES)
    .nullable()
    .describe('OCPP version of the latest connection; null before the first one'),
  registration_status: z
    .enum(['Accepted', 'Pending', 'Rejected'])
    .nullable()
    .describe('Answer to the latest BootNotification; null before the first one'),
  vendor: z.string().nullable().describe('Vendor, from the latest BootNotification; null before the first one'),
  model: z.string().nullable().describe('Model, from the latest BootNotification; null before the first one'),
  serial_number: z
    .string()
    .nullable()
    .describe('Serial number, from the latest BootNotification; null when it has none'),
  firmware_version: z
    .string()
    .nullable()
    .describe('Firmware version, from the latest BootNotification; null when it has none'),
  iccid: z.string().nullable().describe('ICCID of the SIM card; null when the charge point sent none'),
  imsi: z.string().nullable().describe('IMSI of the SIM card; null when the charge point sent none'),
  security_profile: z
    .int()
    .min(0)
    .max(3)
    .describe('OCPP security profile: 0 no password, 1 Basic, 2 TLS and Basic, 3 mutual TLS'),
  has_password: z.boolean().describe('Whether a password is set'),
  has_offered_password: z
    .boolean()
    .describe(
      'Whether a new password was sent to the charge point that it has not used yet; until then the old one is valid too',
    ),
  offered_security_profile: z
    .int()
    .min(0)
    .max(3)
    .nullable()
    .describe(
      'Security profile that was sent to the charge point and that it has not used yet; null when there is none',
    ),
  tolerance: z
    .enum(['strict', 'lenient'])
    .nullable()
    .describe(
      'Whether deviations from OCPP are refused (strict) or understood (lenient); null means the gateway-wide setting',
    ),
  assume_ocpp16: z.boolean().describe('Whether a connection that offers no subprotocol is taken for OCPP 1.6'),
  server_ping: z.boolean().describe('Whether the gateway sends WebSocket pings to the charge point'),
  time_zone: z
    .string()
    .nullable()
    .describe('Time zone (IANA name) by which ClickHouse counts its days; null means UTC')
    .meta({ examples: ['Europe/Berlin'] }),
  tags: z
    .record(z.string(), z.string())
    .describe('Tags by name, as the operator has set them')
    .meta({ examples: [{ site: 'berlin', operator: 'city-power' }] }),
  retired_at: timestamp
    .nullable()
    .describe('Since when the charge point is retired, and refused when it connects; null when it is not'),
  recorded_until: timestamp
    .nullable()
    .describe('Until when its frames are recorded because somebody asked for it; null when nobody has'),
  last_boot_at: timestamp
    .nullable()
    .describe('When the latest BootNotification was received; null before the first one'),
  created_at: timestamp.describe('When the charge point was created'),
  updated_at: timestamp.describe('When the charge point was last changed'),
};

export const chargePoint = z.object(chargePointShape).meta({ id: 'ChargePoint' });

const connector = z
  .object({
    evse_id: z
      .int()
      .min(0)
      .describe('Number of the EVSE; connector N of OCPP 1.6 is EVSE N; 0 means the whole charge point'),
    connector_id: z.int().min(0).describe('Number of the connector within its EVSE'),
    status: openEnum(CONNECTOR_STATUSES).describe('Status as the charge point sent it'),
    error_code: openEnum(ERROR_CODES).nullable().describe('Error code of OCPP 1.6; null for 2.0.1, which has none'),
    info: z.string().nullable().describe('Free text that came with the status; null when there was none'),
    vendor_id: z
      .string()
      .nullable()
      .describe('Id of the vendor that defines vendor_error_code; null when there was none'),
    vendor_error_code: z.string().nullable().describe("Vendor's own error code; null when there was none"),
    status_at: timestamp.describe('When the status began, by the clock of the charge point'),
    received_at: timestamp.describe('When the gateway received the status; the latest one counts'),
  })
  .meta({ id: 'Connector' });

export const chargePointDetail = z
  .object({ ...chargePointShape, connectors: z.array(connector).describe('Latest status of each connector') })
  .meta({ id: 'ChargePointDetail' });

export const chargePointPage = pageOf(chargePoint).meta({ id: 'ChargePointPage' });

const text = (what: string) => z.string().min(1).max(255).optional().describe(what);

export const chargePointQuery = z.strictObject({
  online: flag
    .optional()
    .describe(
      'true: only charge points that are connected; false: only the others. A page may then have fewer items than `limit`',
    ),
  protocol: z.enum(PROTOCOL_NAMES).optional().describe('Only charge points whose latest connection spoke this version'),
  registration_status: z
    .enum(['Accepted', 'Pending', 'Rejected'])
    .optional()
    .describe('Only charge points with this registration'),
  vendor: text('Only charge points of this vendor, in any letter case'),
  model: text('Only charge points of this model, in any letter case'),
  firmware_version: text('Only charge points with this firmware version, in any letter case'),
  q: text('Only charge points whose identity, serial number, vendor or model contains this text, in any letter case'),
  tag: tagQuery,
  retired: flag.default(false).describe('true: only charge points that are retired; false: only the others'),
  sort: sortBy(CHARGE_POINT_SORTS, 'cp_id'),
  ...pageQuery({ preset: 50, max: 500 }),
});

export function chargePointOf({
  record,
  presence,
}: {
  record: ChargePointRecord;
  presence: Presence;
}): SourceOf<typeof chargePoint> {
  const { online, entry } = presence;
  // Postgres is written when a connection begins and ends, Redis every few seconds. Either may lack the latest time.
  const seen = [presence.lastSeen, record.lastSeenAt].filter((at) => at !== null);
  const lastSeen = seen.length > 0 ? new Date(Math.max(...seen.map(Number))) : null;
  return {
    ...record,
    online,
    connection: entry && { ...entry, since: new Date(entry.since), lastSeenAt: new Date(entry.lastSeen) },
    lastSeenAt: lastSeen,
    hasPassword: record.passwordHash !== null,
    hasOfferedPassword: record.offeredPasswordHash !== null,
  };
}
