import type { ConnectorRecord, ChargePointRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { PROTOCOL_NAMES } from '../commands/check-call.ts';
import type { Presence } from '../reads/charge-points.ts';
import { pageOf, pageQuery, timestamp } from './page.ts';

const chargePointShape = {
  cp_id: z.string(),
  online: z.boolean().nullable().describe('Whether it is connected; null while the online registry is away'),
  connection: z
    .object({
      pod: z.string().describe('ws-edge instance that holds the socket'),
      connection_id: z.string(),
      protocol: z.string(),
      since: timestamp,
      last_seen_at: timestamp,
    })
    .nullable(),
  last_seen_at: timestamp.nullable().describe('When anything was heard of it last, connected or not; null: never'),
  protocol: z
    .string()
    .nullable()
    .describe(`${PROTOCOL_NAMES.join(' or ')}, as last connected`),
  registration_status: z.enum(['Accepted', 'Pending', 'Rejected']).nullable(),
  vendor: z.string().nullable(),
  model: z.string().nullable(),
  serial_number: z.string().nullable(),
  firmware_version: z.string().nullable(),
  iccid: z.string().nullable(),
  imsi: z.string().nullable(),
  security_profile: z.int().describe('0 none, 1 Basic, 2 TLS and Basic, 3 mutual TLS'),
  has_password: z.boolean(),
  has_offered_password: z
    .boolean()
    .describe('Whether a new password is on its way to it; the old one is good until it has used the new one'),
  offered_security_profile: z.int().nullable().describe('Likewise; null: none is on its way'),
  tolerance: z.enum(['strict', 'lenient']).nullable().describe('null: the gateway-wide setting'),
  assume_ocpp16: z.boolean().describe('Taken for OCPP 1.6 when it offers no subprotocol'),
  server_ping: z.boolean().describe('Whether it is sent WebSocket pings'),
  last_boot_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
};

export const chargePoint = z.object(chargePointShape).meta({ id: 'ChargePoint' });

const connector = z
  .object({
    evse_id: z.int().describe('A 1.6 connector appears as the EVSE of the same number'),
    connector_id: z.int(),
    status: z.string(),
    error_code: z.string().nullable(),
    info: z.string().nullable(),
    vendor_id: z.string().nullable(),
    vendor_error_code: z.string().nullable(),
    status_at: timestamp.describe('When the status began, by the clock of the charge point'),
    received_at: timestamp.describe('When it was received: the status is the one received last'),
  })
  .meta({ id: 'Connector' });

export const chargePointDetail = z
  .object({ ...chargePointShape, connectors: z.array(connector) })
  .meta({ id: 'ChargePointDetail' });

export const chargePointPage = pageOf(chargePoint).meta({ id: 'ChargePointPage' });

export const chargePointQuery = z.strictObject({
  protocol: z.enum(PROTOCOL_NAMES).optional().describe('As last connected'),
  registration_status: z.enum(['Accepted', 'Pending', 'Rejected']).optional(),
  ...pageQuery({ preset: 50, max: 500 }),
});

export function renderChargePoint(record: ChargePointRecord, presence: Presence): z.infer<typeof chargePoint> {
  const { online, entry } = presence;
  // Postgres learns it when connections begin and end, Redis every few seconds; either may have missed the last of it.
  const seen = [presence.lastSeen, record.lastSeenAt].filter((at) => at !== null);
  const lastSeen = seen.length > 0 ? new Date(Math.max(...seen.map(Number))) : null;
  return {
    cp_id: record.cpId,
    online,
    connection: entry && {
      pod: entry.pod,
      connection_id: entry.connectionId,
      protocol: entry.protocol,
      since: new Date(entry.since).toISOString(),
      last_seen_at: new Date(entry.lastSeen).toISOString(),
    },
    last_seen_at: iso(lastSeen),
    protocol: record.protocol,
    registration_status: record.registrationStatus,
    vendor: record.vendor,
    model: record.model,
    serial_number: record.serialNumber,
    firmware_version: record.firmwareVersion,
    iccid: record.iccid,
    imsi: record.imsi,
    security_profile: record.securityProfile,
    has_password: record.passwordHash !== null,
    has_offered_password: record.offeredPasswordHash !== null,
    offered_security_profile: record.offeredSecurityProfile,
    tolerance: record.tolerance,
    assume_ocpp16: record.assumeOcpp16,
    server_ping: record.serverPing,
    last_boot_at: iso(record.lastBootAt),
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}

export function renderConnector(record: ConnectorRecord): z.infer<typeof connector> {
  return {
    evse_id: record.evseId,
    connector_id: record.connectorId,
    status: record.status,
    error_code: record.errorCode,
    info: record.info,
    vendor_id: record.vendorId,
    vendor_error_code: record.vendorErrorCode,
    status_at: record.statusAt.toISOString(),
    received_at: record.receivedAt.toISOString(),
  };
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
