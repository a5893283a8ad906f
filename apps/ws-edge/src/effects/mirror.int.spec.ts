import { describe, expect, it } from '@jest/globals';
import type { CertificateHash, ChargingProfile } from '@ocpp-gw/contracts';
import type {
  Effect,
  InstalledCertificateUse,
  TransactionEndedEffect,
  TransactionStartedEffect,
} from '@ocpp-gw/ocpp-j';
import { compare } from 'bcrypt';
import { certificateHash } from '../certificates/certificate-hash.ts';
import { makeCa } from '@ocpp-gw/testing';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const later = new Date('2026-04-01T12:00:00Z');

describe('what answers of a station established, on Postgres', () => {
  const station = effectsOnPostgres('effects-mirror', { protocol: 'ocpp1.6' });
  const { commitAt, rows } = station;
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  const twice = async (...effects: Effect[]) => {
    await commit(...effects);
    await commit(...effects);
  };
  const outboxRows = () => rows('outbox', 'destination');

  const started = (difference: Partial<TransactionStartedEffect> = {}): TransactionStartedEffect => ({
    kind: 'transactionStarted',
    transactionId: `${station.cpId}-tx`,
    evseId: 1,
    connectorId: 1,
    idToken: { idToken: 'Tag' },
    naturalKey: { connectorId: 1, idTag: 'Tag', timestamp: 't', meterStart: 0 },
    samples: [],
    time: { at: now },
    ...difference,
  });
  const ended = (difference: Partial<TransactionEndedEffect> = {}): TransactionEndedEffect => ({
    kind: 'transactionEnded',
    transactionId: `${station.cpId}-tx`,
    evseId: 0,
    connectorId: 0,
    reason: 'Local',
    samples: [],
    time: { at: later },
    ...difference,
  });

  it('tells no event: the command does', async () => {
    await twice({ kind: 'localListVersion', version: 3 });
    expect(await outboxRows()).toEqual([]);
    expect(await rows('local_lists', 'version, updated_at')).toEqual([{ version: 3, updated_at: now }]);
    await commit({ kind: 'localListVersion', version: -1 });
    expect(await rows('local_lists', 'version')).toEqual([{ version: -1 }]);
  });

  describe('reservations', () => {
    const made = (reservationId: number): Effect => ({
      kind: 'reservationMade',
      reservationId,
      evseId: 1,
      idToken: 'Tag',
      groupIdToken: 'Fleet',
      connectorType: 'cCCS2',
      expiresAt: later,
    });
    const states = () => rows('reservations', 'reservation_id AS id, state, transaction_id AS "transactionId"');

    it('are kept once, replaced under their id, and cancelled', async () => {
      await twice(made(1));
      await commit({ ...made(1), evseId: 2, idToken: 'Other' } as Effect);
      expect(await rows('reservations', 'evse_id, connector_type, id_token, group_id_token, expires_at')).toEqual([
        { evse_id: 2, connector_type: 'cCCS2', id_token: 'Other', group_id_token: 'Fleet', expires_at: later },
      ]);
      await twice(
        { kind: 'reservationCancelled', reservationId: 1 },
        { kind: 'reservationCancelled', reservationId: 9 },
      );
      expect(await states()).toEqual([{ id: 1, state: 'cancelled', transactionId: null }]);
    });

    it.each([
      ['1.6', {}],
      ['2.0.1', { seqNo: 0, naturalKey: undefined }],
    ])('are used by the transaction that names them (%s), and a repetition of it uses no later one', async (_, how) => {
      await commit(made(4));
      const start = started({ reservationId: 4, ...how });
      await twice(start);
      const used = [{ id: 4, state: 'used', transactionId: start.transactionId }];
      expect(await states()).toEqual(used);
      await twice({ kind: 'reservationCancelled', reservationId: 4 });
      expect(await states()).toEqual(used);
      await commit(made(4));
      await commit(start);
      expect(await states()).toEqual([{ id: 4, state: 'active', transactionId: null }]);
    });
  });

  describe('charging profiles', () => {
    const profile = (chargingProfileId: number, difference: Partial<ChargingProfile> = {}): ChargingProfile => ({
      chargingProfileId,
      stackLevel: 0,
      purpose: 'TxProfile',
      kind: 'Absolute',
      schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16.1 }] },
      ...difference,
    });
    const set = (evseId: number, what: ChargingProfile): Effect => ({
      kind: 'chargingProfileSet',
      evseId,
      profile: what,
    });
    const ids = async () => (await rows('charging_profiles', 'charging_profile_id AS id')).map(({ id }) => id);

    it('are kept whole, once', async () => {
      const whole = profile(7, {
        stackLevel: 2,
        purpose: 'TxDefaultProfile',
        kind: 'Recurring',
        recurrencyKind: 'Daily',
        validFrom: '2026-04-01T10:00:00Z',
        validTo: 'never',
      });
      await twice(set(1, whole));
      expect(await rows('charging_profiles', '*')).toEqual([
        {
          cp_id: station.cpId,
          evse_id: 1,
          charging_profile_id: 7,
          stack_level: 2,
          purpose: 'TxDefaultProfile',
          kind: 'Recurring',
          recurrency_kind: 'Daily',
          valid_from: now,
          valid_to: null,
          transaction_id: null,
          source: 'CSO',
          schedule: whole.schedule,
          alternatives: null,
          set_at: now,
        },
      ]);
    });

    it('take the place of the one of their id, and of their EVSE, purpose and stack level (1.6 section 3.13.2)', async () => {
      await commit(set(1, profile(1)), set(1, profile(2, { stackLevel: 1 })), set(2, profile(3)));
      expect(await ids()).toEqual([1, 2, 3]);
      await twice(set(1, profile(4)));
      expect(await ids()).toEqual([2, 3, 4]);
      await commit(set(2, profile(2, { stackLevel: 1 })));
      expect(await rows('charging_profiles', 'charging_profile_id AS id, evse_id AS evse')).toEqual([
        { id: 2, evse: 2 },
        { id: 3, evse: 2 },
        { id: 4, evse: 1 },
      ]);
    });

    it.each<[object, number[]]>([
      [{ chargingProfileId: 1 }, [2, 3]],
      [{ evseId: 2 }, [1, 2]],
      [{ purpose: 'TxDefaultProfile' }, [1, 3]],
      [{ purpose: 'TxProfile', evseId: 1 }, [2, 3]],
      [{ stackLevel: 5 }, [1, 2]],
      [{ stackLevel: 5, evseId: 1 }, [1, 2, 3]],
      [{}, []],
    ])('are cleared where every filter of %j holds', async (filter, left) => {
      const standard = profile(2, { purpose: 'TxDefaultProfile' });
      await commit(set(1, profile(1)), set(1, standard), set(2, profile(3, { stackLevel: 5 })));
      await twice({ kind: 'chargingProfilesCleared', ...filter });
      expect(await ids()).toEqual(left);
    });

    it('that came with a remote start become those of the transaction, and end with it (1.6 section 3.13.1)', async () => {
      await commit(
        set(0, profile(1)),
        set(1, profile(2, { stackLevel: 1 })),
        set(2, profile(3)),
        set(1, profile(4, { purpose: 'TxDefaultProfile' })),
      );
      await twice(started());
      const columns = 'charging_profile_id AS id, evse_id AS evse, transaction_id AS "transactionId"';
      expect(await rows('charging_profiles', columns)).toEqual([
        { id: 1, evse: 1, transactionId: started().transactionId },
        { id: 2, evse: 1, transactionId: started().transactionId },
        { id: 3, evse: 2, transactionId: null },
        { id: 4, evse: 1, transactionId: null },
      ]);
      await commit(
        set(1, profile(5, { stackLevel: 9 })),
        set(1, profile(6, { stackLevel: 8, transactionId: 'other' })),
      );
      await commit(ended());
      expect(await ids()).toEqual([3, 4, 6]);
      await commit(set(1, profile(7)));
      await commit(ended());
      expect(await ids()).toEqual([3, 4, 6, 7]);
    });

    it('reported correct the mirror by their id, and leave what they do not name (OCPP 2.0.1 K09)', async () => {
      const alternatives = [{ chargingRateUnit: 'W' as const, periods: [{ startPeriod: 0, limit: 11000 }] }];
      const transactionId = started().transactionId;
      await commit(set(1, profile(1, { transactionId })), set(1, profile(2, { stackLevel: 1 })));
      await twice({
        kind: 'chargingProfilesReported',
        evseId: 1,
        source: 'EMS',
        profiles: [
          profile(1, { stackLevel: 3, alternatives }),
          // Of one stack level, for different times: both are held.
          profile(8, { purpose: 'ChargingStationExternalConstraints', validTo: '2026-04-01T10:00:00Z' }),
          profile(9, { purpose: 'ChargingStationExternalConstraints', validFrom: '2026-04-01T10:00:00Z' }),
        ],
      });
      const columns =
        'charging_profile_id AS id, stack_level AS stack, source, alternatives, transaction_id AS "transactionId"';
      const external = { stack: 0, source: 'EMS', alternatives: null, transactionId: null };
      expect(await rows('charging_profiles', columns)).toEqual([
        { id: 1, stack: 3, source: 'EMS', alternatives, transactionId },
        { id: 2, stack: 1, source: 'CSO', alternatives: null, transactionId: null },
        { id: 8, ...external },
        { id: 9, ...external },
      ]);
      await commit(set(1, profile(1, { alternatives })), {
        kind: 'chargingProfilesReported',
        evseId: 1,
        source: 'EMS',
        profiles: [],
      });
      expect(await rows('charging_profiles', columns)).toMatchObject([
        { id: 1, stack: 0, source: 'CSO', alternatives, transactionId: null },
        { id: 2 },
        { id: 8 },
        { id: 9 },
      ]);
    });

    it('of a 2.0.1 transaction end with it likewise', async () => {
      const how = { seqNo: 0, naturalKey: undefined };
      await commit(
        set(1, profile(1, { transactionId: started().transactionId })),
        set(1, profile(2, { stackLevel: 1 })),
      );
      await commit(started(how));
      await commit(ended({ seqNo: 1 }));
      expect(await ids()).toEqual([]);
    });
  });

  describe('configuration', () => {
    const seen = (complete: boolean, keys: Record<string, string | undefined>, unknownKeys: string[] = []): Effect => ({
      kind: 'configurationSeen',
      complete,
      unknownKeys,
      keys: Object.entries(keys).map(([key, value]) => ({
        key,
        readonly: key.startsWith('R'),
        ...(value === undefined ? {} : { value }),
      })),
    });
    const keys = () => rows('configuration_keys', 'key, value, readonly, reboot_required AS reboot', 'lower(key)');

    it('is what the station reported last, key by key, in any letter case', async () => {
      await twice(seen(true, { HeartbeatInterval: '60', Ro: '1', Secret: undefined, SECRET: undefined }));
      expect(await keys()).toEqual([
        { key: 'HeartbeatInterval', value: '60', readonly: false, reboot: false },
        { key: 'Ro', value: '1', readonly: true, reboot: false },
        { key: expect.stringMatching(/secret/i), value: null, readonly: false, reboot: false },
      ]);
      await commit(seen(false, { heartbeatinterval: '90' }, ['RO', 'Never']));
      expect(await keys()).toMatchObject([{ key: 'heartbeatinterval', value: '90' }, { value: null }]);
      await commit(seen(true, { New: 'x' }));
      expect(await keys()).toMatchObject([{ key: 'New' }]);
      await commit(seen(true, {}));
      expect(await keys()).toEqual([]);
    });

    it('follows a change, and what waits for a reboot stops waiting at the boot', async () => {
      await commit(seen(true, { Ro: '1' }));
      await twice(
        { kind: 'configurationChanged', key: 'RO', value: '2', rebootRequired: true },
        { kind: 'configurationChanged', key: 'AuthorizationKey', rebootRequired: false },
      );
      expect(await keys()).toEqual([
        { key: 'AuthorizationKey', value: null, readonly: false, reboot: false },
        { key: 'Ro', value: '2', readonly: false, reboot: true },
      ]);
      await commit({
        kind: 'stationBooted',
        vendor: 'V',
        model: 'M',
        registration: { status: 'Accepted', intervalSeconds: 60 },
      });
      expect(await keys()).toMatchObject([{}, { value: '2', reboot: false }]);
    });
  });

  it('keeps the availability asked for, by connector and of the whole station', async () => {
    const change = (connector: number, operative: boolean, scheduled = false): Effect => ({
      kind: 'availabilityChanged',
      evseId: connector,
      connectorId: connector,
      operative,
      scheduled,
    });
    await twice(change(0, false), change(1, false, true));
    await commit(change(1, true));
    expect(await rows('availability', 'evse_id AS evse, operative, scheduled, changed_at')).toEqual([
      { evse: 0, operative: false, scheduled: false, changed_at: now },
      { evse: 1, operative: true, scheduled: false, changed_at: now },
    ]);
  });

  describe('certificates', () => {
    const hash = (serialNumber: string, difference: Partial<CertificateHash> = {}): CertificateHash => ({
      hashAlgorithm: 'SHA256',
      issuerNameHash: 'aa',
      issuerKeyHash: 'bb',
      serialNumber,
      ...difference,
    });
    const ROOT = 'CentralSystemRootCertificate';
    const seen = (certificates: CertificateHash[], certificateType: InstalledCertificateUse = ROOT): Effect => ({
      kind: 'certificatesSeen',
      certificateTypes: [certificateType],
      certificates: certificates.map((one) => ({ ...one, certificateType })),
    });
    const serials = async () =>
      (await rows('installed_certificates', 'serial_number AS serial', 'serial_number')).map(({ serial }) => serial);

    it('installed are known under their name, and keep their text when the station lists them', async () => {
      const { cert: pem } = await makeCa({ cn: 'Root' });
      const name = (await certificateHash(pem)) as CertificateHash;
      await twice({ kind: 'certificateInstalled', certificateType: ROOT, certificate: pem });
      await commit({ kind: 'certificateInstalled', certificateType: ROOT, certificate: 'no certificate' });
      await twice(seen([{ ...name, issuerNameHash: name.issuerNameHash.toUpperCase() }, hash('1')]));
      expect(await rows('installed_certificates', 'issuer_key_hash AS key, certificate', 'certificate')).toEqual([
        { key: name.issuerKeyHash, certificate: pem },
        { key: 'bb', certificate: null },
      ]);
      await commit({ kind: 'certificateDeleted', certificate: name });
      expect(await serials()).toEqual(['1']);
    });

    it('listed are all of their type; those of another type stay', async () => {
      await twice(seen([hash('0A'), hash('0a'), hash('2'), hash('3', { hashAlgorithm: 'SHA512' })]));
      await commit(seen([hash('9')], 'ManufacturerRootCertificate'));
      expect(await serials()).toEqual([expect.stringMatching(/0a/i), '2', '3', '9']);
      await twice(seen([hash('2')]));
      expect(await serials()).toEqual(['2', '9']);
      await twice(seen([]));
      await commit({ kind: 'certificateDeleted', certificate: hash('9') });
      expect(await serials()).toEqual([]);
    });

    it('listed without a type asked for are all that the station has (OCPP 2.0.1 M03)', async () => {
      await commit(seen([hash('1'), hash('2')]), seen([hash('9')], 'ManufacturerRootCertificate'));
      await twice({
        kind: 'certificatesSeen',
        certificates: [
          { ...hash('2'), certificateType: ROOT },
          { ...hash('2'), certificateType: 'V2GCertificateChain' },
          { ...hash('3'), certificateType: 'MORootCertificate' },
        ],
      });
      const columns = 'serial_number AS serial, certificate_type AS type';
      expect(await rows('installed_certificates', columns, 'serial_number, certificate_type')).toEqual([
        { serial: '2', type: ROOT },
        { serial: '2', type: 'V2GCertificateChain' },
        { serial: '3', type: 'MORootCertificate' },
      ]);
    });
  });

  describe('credentials', () => {
    const password = (step: 'offered' | 'accepted' | 'refused', text = 'new-password-of-cp'): Effect => ({
      kind: 'password',
      step,
      passwordHex: Buffer.from(text).toString('hex'),
    });
    const point = async () => {
      const columns =
        'password_hash AS stored, offered_password_hash AS offered, security_profile, offered_security_profile';
      const [row] = await rows('charge_points', columns);
      return row as Record<'stored' | 'offered', string | null>;
    };
    const create = (profile = 1) =>
      sqlOf(station.database).query(
        'INSERT INTO charge_points (cp_id, password_hash, security_profile) VALUES ($1, $2, $3)',
        [station.cpId, 'old', profile],
      );

    it('offered stand beside the old ones until the station has taken them', async () => {
      await create();
      await commit(password('offered'));
      const { stored, offered } = await point();
      expect(stored).toBe('old');
      expect(await compare('new-password-of-cp', offered ?? '')).toBe(true);
      await twice(password('accepted'));
      expect(await point()).toMatchObject({ stored: offered, offered: null });
    });

    it('that the station refused are forgotten', async () => {
      await create();
      await commit(password('offered'));
      await twice(password('refused'));
      expect(await point()).toMatchObject({ stored: 'old', offered: null });
    });

    it('are kept of a station that has no row yet', async () => {
      await commit(password('offered', '\xff\0\x01'));
      expect(await point()).toMatchObject({ stored: null, offered: expect.stringContaining('$2b$10$') });
    });

    it('keep a higher security profile beside the old one, and none that is no higher', async () => {
      await create(1);
      await twice({ kind: 'securityProfile', step: 'accepted', profile: 2 });
      expect(await point()).toMatchObject({ security_profile: 1, offered_security_profile: 2 });
      for (const profile of [1, 0]) {
        await commit({ kind: 'securityProfile', step: 'accepted', profile });
        expect(await point()).toMatchObject({ security_profile: 1, offered_security_profile: null });
      }
    });
  });

  describe('the lookup of concurrent transactions', () => {
    const concurrent = (idToken: string, connectorId: number, at = station.cpId) =>
      new TransactionLedgers(station.database).chargesElsewhere(idToken, { cpId: at, evseId: connectorId });

    it('finds a token that charges elsewhere, in any letter case, until it stops', async () => {
      const token = `Roaming-${station.cpId}`;
      await commit(started({ idToken: { idToken: token } }));
      expect(await concurrent(token.toUpperCase(), 2)).toBe(true);
      expect(await concurrent(token, 1, 'another station')).toBe(true);
      expect(await concurrent(token, 1)).toBe(false);
      expect(await concurrent('another token', 2)).toBe(false);
      await commit(ended());
      expect(await concurrent(token, 2)).toBe(false);
    });
  });
});
