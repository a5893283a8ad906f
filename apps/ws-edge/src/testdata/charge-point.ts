import type { ChargePointRecord } from '@ocpp-gw/persistence';

export function chargePoint(facts: Partial<ChargePointRecord> & { cpId: string }): ChargePointRecord {
  return {
    protocol: null,
    vendor: null,
    model: null,
    serialNumber: null,
    firmwareVersion: null,
    iccid: null,
    imsi: null,
    registrationStatus: 'Accepted',
    securityProfile: 0,
    passwordHash: null,
    offeredPasswordHash: null,
    offeredSecurityProfile: null,
    tolerance: null,
    assumeOcpp16: false,
    serverPing: true,
    timeZone: null,
    lastBootAt: null,
    lastSeenAt: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    tags: {},
    retiredAt: null,
    recordedUntil: null,
    ...facts,
  };
}
