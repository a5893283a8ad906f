import { EntitySchema } from 'typeorm';
import type { ChargePointRecord } from '../records.ts';

export const chargePointEntity = new EntitySchema<ChargePointRecord>({
  name: 'ChargePoint',
  tableName: 'charge_points',
  columns: {
    cpId: { name: 'cp_id', type: 'text', primary: true },
    protocol: { type: 'text', nullable: true },
    vendor: { type: 'text', nullable: true },
    model: { type: 'text', nullable: true },
    serialNumber: { name: 'serial_number', type: 'text', nullable: true },
    firmwareVersion: { name: 'firmware_version', type: 'text', nullable: true },
    iccid: { type: 'text', nullable: true },
    imsi: { type: 'text', nullable: true },
    registrationStatus: { name: 'registration_status', type: 'text', nullable: true },
    securityProfile: { name: 'security_profile', type: 'smallint', default: 1 },
    passwordHash: { name: 'password_hash', type: 'text', nullable: true },
    offeredPasswordHash: { name: 'offered_password_hash', type: 'text', nullable: true },
    offeredSecurityProfile: { name: 'offered_security_profile', type: 'smallint', nullable: true },
    tolerance: { type: 'text', nullable: true },
    assumeOcpp16: { name: 'assume_ocpp16', type: 'boolean', default: false },
    serverPing: { name: 'server_ping', type: 'boolean', default: true },
    lastBootAt: { name: 'last_boot_at', type: 'timestamptz', nullable: true },
    lastSeenAt: { name: 'last_seen_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});
