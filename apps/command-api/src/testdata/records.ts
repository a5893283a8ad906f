import type { OnlineEntry } from '@ocpp-gw/contracts';
import type { CommandRecord, ChargePointRecord } from '@ocpp-gw/persistence';

export function chargePointRecord(parts: Partial<ChargePointRecord> = {}): ChargePointRecord {
  const at = new Date('2026-01-02T03:04:05.678Z');
  return {
    cpId: 'CP-1',
    protocol: 'ocpp1.6',
    vendor: 'Acme',
    model: 'One',
    serialNumber: null,
    firmwareVersion: '1.0',
    iccid: null,
    imsi: null,
    registrationStatus: 'Accepted',
    securityProfile: 1,
    passwordHash: '$2b$10$hash',
    offeredPasswordHash: null,
    offeredSecurityProfile: null,
    tolerance: null,
    assumeOcpp16: false,
    serverPing: true,
    timeZone: null,
    lastBootAt: at,
    lastSeenAt: new Date(1500),
    createdAt: at,
    updatedAt: at,
    tags: {},
    retiredAt: null,
    recordedUntil: null,
    ...parts,
  };
}

export function onlineEntry(parts: Partial<OnlineEntry> = {}): OnlineEntry {
  return { pod: 'edge-1', connectionId: 'c-1', epoch: 1, protocol: 'ocpp1.6', since: 1000, lastSeen: 2000, ...parts };
}

export function commandRecord(facts: Partial<CommandRecord> = {}): CommandRecord {
  return {
    commandId: '01a22b3e-3161-7000-8000-4f4a2c5d6e7f',
    cpId: 'CP-1',
    command: 'reset',
    action: null,
    request: { type: 'Soft' },
    caller: 'ops',
    requestId: 'req-1',
    idempotencyKey: 'key-1',
    bodyHash: null,
    state: 'queued',
    queuedAt: new Date('2026-01-31T12:00:00Z'),
    deadline: new Date(Date.now() + 5_000),
    takenAt: null,
    sentAt: null,
    endedAt: null,
    late: false,
    outcome: null,
    transactionId: null,
    ...facts,
  };
}
