import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { StationMirror } from './station-mirror.ts';
import { sqlOf } from './testing.ts';

const AT = new Date('2026-03-01T10:00:00.000Z');

const ROWS = [
  `INSERT INTO charge_points (cp_id) VALUES ('Depot-01'), ('Other'), ('Hub')`,
  `INSERT INTO reservations (cp_id, reservation_id, evse_id, id_token, expires_at, state, transaction_id)
   VALUES ('Depot-01', 1, 0, 'TAG1', now() + interval '1 hour', 'active', NULL),
          ('Depot-01', 2, 1, 'TAG2', now() - interval '1 hour', 'active', NULL),
          ('Depot-01', 3, 1, 'TAG3', now() - interval '2 hours', 'used', '7'),
          ('Depot-01', 4, 1, 'TAG4', now() + interval '2 hours', 'cancelled', NULL),
          ('Other', 1, 1, 'TAG5', now() + interval '1 hour', 'active', NULL)`,
  `INSERT INTO reservations (cp_id, reservation_id, evse_id, connector_type, id_token, expires_at, state)
   VALUES ('Hub', 1, 0, 'cCCS2', 'TAG6', '2026-03-01T10:00:00Z', 'ended_by_station')`,
  `INSERT INTO charging_profiles
     (cp_id, evse_id, charging_profile_id, stack_level, purpose, kind, valid_from, source, schedule, alternatives, set_at)
   VALUES ('Depot-01', 1, 5, 1, 'TxDefaultProfile', 'Absolute', '2026-03-01T10:00:00Z', 'EMS',
           '{"chargingRateUnit":"A","periods":[{"startPeriod":0,"limit":16.5}]}',
           '[{"chargingRateUnit":"A","periods":[{"startPeriod":0,"limit":8,"numberPhases":1,"phaseToUse":2}]}]',
           '2026-03-01T10:00:00Z'),
          ('Depot-01', 0, 6, 0, 'ChargingStationMaxProfile', 'Relative', NULL, 'CSO',
           '{"chargingRateUnit":"W","periods":[]}', NULL, '2026-03-01T10:00:00Z')`,
  `INSERT INTO local_lists (cp_id, version, updated_at) VALUES ('Depot-01', -1, '2026-03-01T10:00:00Z')`,
  `INSERT INTO configuration_keys (cp_id, key, value, readonly, reboot_required, seen_at)
   VALUES ('Depot-01', 'HeartbeatInterval', '300', false, true, '2026-03-01T10:00:00Z'),
          ('Depot-01', 'authorizationkey', NULL, NULL, false, '2026-03-01T10:00:00Z')`,
  `INSERT INTO availability (cp_id, evse_id, connector_id, operative, scheduled, changed_at)
   VALUES ('Depot-01', 1, 1, false, true, '2026-03-01T10:00:00Z'),
          ('Depot-01', 0, 0, true, false, '2026-03-01T10:00:00Z')`,
  `INSERT INTO firmware_updates (cp_id, request_id, signed, location, retrieve_at, requested_at, status, status_at)
   VALUES ('Depot-01', NULL, false, 'ftp://host/1', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', 'Installed',
           '2026-03-01T10:00:00Z'),
          ('Depot-01', 8, true, 'https://host/2', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', NULL, NULL)`,
  `INSERT INTO log_uploads (cp_id, log_type, request_id, location, file_name, status, status_at)
   VALUES ('Depot-01', 'Diagnostics', NULL, 'ftp://host/d', 'd.zip', 'Uploaded', '2026-03-01T10:00:00Z'),
          ('Depot-01', 'SecurityLog', 9, 'https://host/l', NULL, NULL, NULL)`,
  `INSERT INTO installed_certificates
     (cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at)
   VALUES ('Depot-01', 'CentralSystemRootCertificate', 'SHA256', 'ab', 'cd', '01', '2026-03-01T10:00:00Z')`,
  `INSERT INTO certificate_signings
     (cp_id, certificate_type, csr, csr_hash, public_key, common_name, refusal, state, requested_at)
   VALUES ('Depot-01', NULL, 'csr 1', 'h1', NULL, NULL, 'key too short', 'refused', '2026-03-01T09:00:00Z'),
          ('Depot-01', 'V2GCertificate', 'csr 2', 'h2', 'pem', 'Depot-01', NULL, 'requested', '2026-03-01T10:00:00Z')`,
];

describe('StationMirror', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: StationMirror;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-mirror', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new StationMirror(database);
    for (const row of ROWS) await sqlOf(database).query(row);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const reserved = async (...asked: Parameters<StationMirror['reservations']>) =>
    (await sut.reservations(...asked)).map(({ reservationId, state }) => [reservationId, state]);

  it('lists the reservations of a station, what ends last first; an active one past its time is expired', async () => {
    expect(await reserved('Depot-01')).toEqual([
      [4, 'cancelled'],
      [1, 'active'],
      [2, 'expired'],
      [3, 'used'],
    ]);
  });

  it.each([
    ['active', 1],
    ['expired', 2],
    ['used', 3],
    ['cancelled', 4],
  ] as const)('picks the reservations that are %s', async (state, reservationId) => {
    expect(await reserved('Depot-01', { state })).toEqual([[reservationId, state]]);
  });

  it('finds the station in any letter case, and nothing of a station it does not know', async () => {
    expect(await reserved('DEPOT-01', { state: 'used' })).toEqual([[3, 'used']]);
    expect(await sut.configuration('nobody')).toEqual([]);
  });

  it('gives reservations whole', async () => {
    expect(await sut.reservations('Depot-01', { state: 'used' })).toEqual([
      {
        reservationId: 3,
        evseId: 1,
        connectorType: null,
        idToken: 'TAG3',
        groupIdToken: null,
        expiresAt: expect.any(Date),
        state: 'used',
        transactionId: '7',
        createdAt: expect.any(Date),
        updatedAt: expect.any(Date),
      },
    ]);
  });

  it('gives a reservation of a connector type, given up by the station', async () => {
    expect(await sut.reservations('Hub', { state: 'ended_by_station' })).toEqual([
      expect.objectContaining({ reservationId: 1, connectorType: 'cCCS2', state: 'ended_by_station' }),
    ]);
  });

  it('gives charging profiles with their schedules, by EVSE', async () => {
    const profiles = await sut.chargingProfiles('depot-01');
    expect(profiles.map((profile) => profile.chargingProfileId)).toEqual([6, 5]);
    expect(profiles[1]).toEqual({
      chargingProfileId: 5,
      evseId: 1,
      stackLevel: 1,
      purpose: 'TxDefaultProfile',
      kind: 'Absolute',
      recurrencyKind: null,
      validFrom: AT,
      validTo: null,
      transactionId: null,
      source: 'EMS',
      schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16.5 }] },
      alternatives: [
        { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 8, numberPhases: 1, phaseToUse: 2 }] },
      ],
      setAt: AT,
    });
  });

  it('gives the version of the local list, or null where the station has not reported it', async () => {
    expect(await sut.localList('DEPOT-01')).toEqual({ version: -1, updatedAt: AT });
    expect(await sut.localList('Other')).toBeNull();
  });

  it('gives configuration by key, in no letter case', async () => {
    expect(await sut.configuration('Depot-01')).toEqual([
      { key: 'authorizationkey', value: null, readonly: null, rebootRequired: false, seenAt: AT },
      { key: 'HeartbeatInterval', value: '300', readonly: false, rebootRequired: true, seenAt: AT },
    ]);
  });

  it('gives availability, the whole station first', async () => {
    expect(await sut.availability('Depot-01')).toEqual([
      { evseId: 0, connectorId: 0, operative: true, scheduled: false, changedAt: AT },
      { evseId: 1, connectorId: 1, operative: false, scheduled: true, changedAt: AT },
    ]);
  });

  it('gives firmware updates newest first, as many as asked for', async () => {
    expect((await sut.firmwareUpdates('Depot-01', 9)).map((update) => update.requestId)).toEqual([8, null]);
    expect(await sut.firmwareUpdates('Depot-01', 1)).toEqual([
      {
        requestId: 8,
        signed: true,
        location: 'https://host/2',
        retrieveAt: AT,
        installAt: null,
        requestedAt: AT,
        status: null,
        statusAt: null,
      },
    ]);
  });

  it('gives log uploads newest first, as many as asked for', async () => {
    expect(await sut.logUploads('Depot-01', 1)).toHaveLength(1);
    const [, oldest] = await sut.logUploads('Depot-01', 9);
    expect(oldest).toEqual({
      logType: 'Diagnostics',
      requestId: null,
      location: 'ftp://host/d',
      oldest: null,
      latest: null,
      fileName: 'd.zip',
      requestedAt: null,
      status: 'Uploaded',
      statusAt: AT,
    });
  });

  it('gives the certificates a station has', async () => {
    expect(await sut.installedCertificates('Depot-01')).toEqual([
      {
        certificateType: 'CentralSystemRootCertificate',
        hashAlgorithm: 'SHA256',
        issuerNameHash: 'ab',
        issuerKeyHash: 'cd',
        serialNumber: '01',
        certificate: null,
        seenAt: AT,
      },
    ]);
  });

  it('gives signing requests newest first, as many as asked for', async () => {
    expect((await sut.certificateSignings('Depot-01', 9)).map((signing) => signing.state)).toEqual([
      'requested',
      'refused',
    ]);
    expect(await sut.certificateSignings('Depot-01', 1)).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        certificateType: 'V2GCertificate',
        csr: 'csr 2',
        state: 'requested',
        publicKey: 'pem',
        commonName: 'Depot-01',
        refusal: null,
        certificateChain: null,
        requestedAt: AT,
        settledAt: null,
      },
    ]);
  });
});
