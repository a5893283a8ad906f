import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { settingsText } from './charge-point-settings.ts';
import { ChargePoints } from './charge-points.ts';
import { createDatabase, type Database } from './database.ts';
import { InvalidCursorError, decodeEvent } from '@ocpp-gw/contracts';
import { DuplicateChargePointError } from './errors.ts';
import { migrate } from './migrations/migrate.ts';
import { sqlOf } from './testing.ts';

describe('ChargePoints', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: ChargePoints;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-points', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new ChargePoints(database);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('creates one and finds it in any letter case, spelt as registered', async () => {
    const created = await sut.create({
      cpId: 'Depot-01',
      passwordHash: 'hash',
      securityProfile: 2,
      tolerance: 'strict',
    });
    expect(created).toMatchObject({ cpId: 'Depot-01', securityProfile: 2, tolerance: 'strict', protocol: null });
    expect(created.createdAt).toBeInstanceOf(Date);
    expect(await sut.find('DEPOT-01')).toEqual(created);
    expect(await sut.find('depot-02')).toBeNull();
  });

  it('refuses a second one under the same identity', async () => {
    await expect(sut.create({ cpId: 'DEPOT-01' })).rejects.toBeInstanceOf(DuplicateChargePointError);
  });

  it('sets a password, and says when there is nobody to set it for', async () => {
    expect(await sut.setPassword('depot-01', 'other')).toBe(true);
    expect((await sut.find('Depot-01'))?.passwordHash).toBe('other');
    expect(await sut.setPassword('nobody', 'hash')).toBe(false);
  });

  it('changes only what is given, handshake settings among it', async () => {
    const before = await sut.create({ cpId: 'settings', serverPing: false });
    expect(before).toMatchObject({ assumeOcpp16: false, serverPing: false, securityProfile: 1 });
    await sut.update('SETTINGS', { assumeOcpp16: true });
    expect(await sut.update('settings', {})).toBe(true);
    expect(await sut.find('settings')).toMatchObject({ assumeOcpp16: true, serverPing: false, securityProfile: 1 });
    await sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id = 'settings'`);
  });

  it('F26 knows a name that would let in another charge point', async () => {
    await sut.create({ cpId: 'Cert-01', securityProfile: 3 });
    await sut.create({ cpId: 'Cert-02', securityProfile: 1 });
    await sqlOf(database).query(
      `UPDATE charge_points SET serial_number = CASE cp_id WHEN 'Cert-01' THEN 'SN-A' ELSE 'SN-B' END
       WHERE cp_id IN ('Cert-01', 'Cert-02')`,
    );
    const taken = (cpId: string, name: string) => sut.isNameOfAnother(cpId, name);
    expect(await taken('cert-02', 'CERT-01')).toBe(true);
    expect(await taken('cert-02', 'sn-a')).toBe(true);
    // A serial number opens nothing to a station that comes in by password; several share one where firmware makes it up.
    expect(await taken('cert-01', 'SN-B')).toBe(false);
    expect(await taken('CERT-01', 'cert-01')).toBe(false);
    expect(await taken('CERT-01', 'SN-A')).toBe(false);
    expect(await taken('CERT-01', 'nobody')).toBe(false);
    await sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id LIKE 'Cert-%'`);
  });

  describe('what is offered to a station', () => {
    const offer = { passwordHash: 'new', securityProfile: 2 };

    beforeAll(() => sut.create({ cpId: 'Offered', passwordHash: 'old' }));
    afterAll(() => sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id = 'Offered'`));
    beforeEach(() =>
      sqlOf(database)
        .query(`UPDATE charge_points SET password_hash = 'old', offered_password_hash = 'new', security_profile = 1,
        offered_security_profile = 2 WHERE cp_id = 'Offered'`),
    );

    it.each([
      ['the password', { passwordHash: 'new' }, ['new', null, 1, 2]],
      ['the profile', { securityProfile: 2 }, ['old', 'new', 2, null]],
      ['both', offer, ['new', null, 2, null]],
      ['another password', { passwordHash: 'other' }, ['old', 'new', 1, 2]],
      [
        'a password that is offered no more, and the profile',
        { ...offer, passwordHash: 'other' },
        ['old', 'new', 2, null],
      ],
      ['nothing', {}, ['old', 'new', 1, 2]],
    ])('takes the place of what it had once it has used %s', async (_, used, [password, offered, profile, next]) => {
      await sut.promoteOffered('OFFERED', used);
      expect(await sut.find('offered')).toMatchObject({
        passwordHash: password,
        offeredPasswordHash: offered,
        securityProfile: profile,
        offeredSecurityProfile: next,
      });
    });

    it('is taken back', async () => {
      await sut.update('offered', { offeredPasswordHash: null, offeredSecurityProfile: null });
      await sut.promoteOffered('offered', offer);
      expect(await sut.find('offered')).toMatchObject({ passwordHash: 'old', securityProfile: 1 });
    });
  });

  it('lists all in pages, each once', async () => {
    for (const cpId of ['a', 'b', 'c', 'd']) await sut.create({ cpId });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await sut.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((item) => item.cpId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(['Depot-01', 'a', 'b', 'c', 'd']));
  });

  it('filters by protocol and registration', async () => {
    await sqlOf(database).query(
      `UPDATE charge_points SET protocol = 'ocpp1.6', registration_status = 'Accepted' WHERE cp_id = 'a'`,
    );
    await sqlOf(database).query(
      `UPDATE charge_points SET protocol = 'ocpp1.6', registration_status = 'Pending' WHERE cp_id = 'b'`,
    );
    const { items } = await sut.list({ limit: 9, protocol: 'ocpp1.6', registrationStatus: 'Accepted' });
    expect(items.map((item) => item.cpId)).toEqual(['a']);
  });

  describe('the list', () => {
    const ids = async (filter: object) => (await sut.list({ limit: 99, ...filter })).items.map(({ cpId }) => cpId);

    beforeAll(async () => {
      await sqlOf(database).query(
        `INSERT INTO charge_points (cp_id, vendor, model, firmware_version, serial_number, tags, retired_at, created_at)
         VALUES ('L-1', 'Acme', 'One%', '1.2', 'SN-77', '{"site":"berlin","operator":"x"}', NULL, '2020-01-03T00:00:00.000100Z'),
                ('L-2', 'ACME', 'Two', '1.3', NULL, '{"site":"berlin"}', NULL, '2020-01-03T00:00:00.000200Z'),
                ('L-3', 'Other', 'One%', '1.2', NULL, '{"site":"hamburg"}', NULL, '2020-01-01T00:00:00Z'),
                ('L-4', 'Acme', 'One%', '1.2', NULL, '{"site":"berlin"}', now(), '2020-01-02T00:00:00Z')`,
      );
    });
    afterAll(() => sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id LIKE 'L-%'`));

    it.each([
      [{ cpIds: ['l-1', 'L-3', 'L-4', 'L-9'] }, ['L-1', 'L-3']],
      [{ vendor: 'acme' }, ['L-1', 'L-2']],
      [{ model: 'one%' }, ['L-1', 'L-3']],
      [{ vendor: 'acme', firmwareVersion: '1.2' }, ['L-1']],
      [{ text: 'sn-7' }, ['L-1']],
      [{ text: 'e%' }, ['L-1', 'L-3']],
      [{ text: 'l-' }, ['L-1', 'L-2', 'L-3']],
      [{ tags: { site: 'berlin' } }, ['L-1', 'L-2']],
      [{ tags: { site: 'berlin', operator: 'x' } }, ['L-1']],
      [{ retired: true }, ['L-4']],
      [{ text: 'l-', sort: '-cp_id' }, ['L-3', 'L-2', 'L-1']],
      [{ text: 'l-', sort: 'created_at' }, ['L-3', 'L-1', 'L-2']],
      [{ text: 'l-', sort: '-created_at' }, ['L-2', 'L-1', 'L-3']],
    ])('is narrowed and sorted by %j', async (filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
    });

    it.each(['cp_id', '-cp_id', 'created_at', '-created_at'] as const)(
      'has each item once, page by page, sorted by %s',
      async (sort) => {
        const all = await ids({ text: 'l-', sort });
        const paged: string[] = [];
        for (let cursor: string | undefined; ;) {
          const page = await sut.list({ limit: 1, text: 'l-', sort, ...(cursor === undefined ? {} : { cursor }) });
          paged.push(...page.items.map(({ cpId }) => cpId));
          if (page.nextCursor === null) break;
          cursor = page.nextCursor;
        }
        expect(paged).toEqual(all);
      },
    );

    it('refuses the cursor of another order', async () => {
      const { nextCursor } = await sut.list({ limit: 1 });
      await expect(sut.list({ limit: 1, sort: 'created_at', cursor: nextCursor ?? '' })).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    });
  });

  it('publishes what operators decide, in the transaction of the change, and nothing of passwords', async () => {
    const published = async (): Promise<unknown[]> => {
      const rows = await sqlOf(database).query<{ payload: Buffer }>(
        `DELETE FROM outbox WHERE cp_id = 'managed' AND destination = 'cp.station' RETURNING payload, id`,
      );
      return rows.map(({ payload }) => decodeEvent(payload).payload?.value);
    };
    const { createdAt } = await sut.create({ cpId: 'managed', tags: { site: 'North' } });
    const tags = [{ name: 'site', value: 'North' }];
    expect(await published()).toEqual([{ registeredAt: createdAt, retiredAt: undefined, tags, timeZone: '' }]);
    await sut.setPassword('managed', 'hash');
    await sut.update('managed', { serverPing: false });
    expect(await published()).toEqual([]);
    const retiredAt = new Date('2026-01-01T00:00:00Z');
    await sut.update('MANAGED', { tagChanges: { operator: 'ACME' }, retiredAt });
    const both = expect.arrayContaining([...tags, { name: 'operator', value: 'ACME' }]);
    expect(await published()).toEqual([{ registeredAt: createdAt, retiredAt, tags: both, timeZone: '' }]);
    await sut.update('managed', { timeZone: 'Asia/Kolkata' });
    const zoned = { registeredAt: createdAt, retiredAt, tags: both, timeZone: 'Asia/Kolkata' };
    expect(await published()).toEqual([zoned]);
    await expect(sut.create({ cpId: 'managed' })).rejects.toThrow();
    expect(await published()).toEqual([]);
    expect(await sut.publishAll()).toBeGreaterThan(0);
    expect(await published()).toEqual([zoned]);
  });

  it('merges tags, or replaces them', async () => {
    await sut.create({ cpId: 'tagged', tags: { site: 'berlin', operator: 'x' } });
    await sut.update('TAGGED', { tagChanges: { operator: null, floor: '2' } });
    expect((await sut.find('tagged'))?.tags).toEqual({ site: 'berlin', floor: '2' });
    await sut.update('tagged', { tags: { site: 'hamburg' } });
    expect((await sut.find('tagged'))?.tags).toEqual({ site: 'hamburg' });
    await sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id = 'tagged'`);
  });

  it('changes nothing when the settings are no longer those that the caller has read', async () => {
    const before = await sut.create({ cpId: 'guarded', tags: { site: 'b', a: '1' }, securityProfile: 0 });
    await sqlOf(database).query(`UPDATE charge_points SET vendor = 'V', last_boot_at = now() WHERE cp_id = 'guarded'`);
    expect(await sut.update('guarded', { serverPing: false }, before)).toBe(true);
    const after = await sut.find('guarded');
    expect(settingsText(after!)).not.toBe(settingsText(before));
    for (const changes of [{ serverPing: true }, { tagChanges: { site: null } }, { retiredAt: new Date() }]) {
      expect(await sut.update('guarded', changes, before)).toBe(false);
      expect(await sut.find('guarded')).toEqual(after);
    }
    expect(await sut.update('guarded', { retiredAt: new Date() }, after!)).toBe(true);
    expect(await sut.update('guarded', { passwordHash: null }, after!)).toBe(false);
    await sqlOf(database).query(`DELETE FROM charge_points WHERE cp_id = 'guarded'`);
  });

  it('refuses an invented cursor', async () => {
    await expect(sut.list({ limit: 1, cursor: 'zzz' })).rejects.toBeInstanceOf(InvalidCursorError);
  });

  it('lists the connectors of a station in order', async () => {
    await sqlOf(database).query(
      `INSERT INTO connectors (cp_id, evse_id, connector_id, status, status_at)
       VALUES ('a', 2, 1, 'Available', now()), ('a', 1, 2, 'Faulted', now()), ('a', 1, 1, 'Charging', now())`,
    );
    const connectors = await sut.connectors('A');
    expect(connectors.map(({ evseId, connectorId, status }) => [evseId, connectorId, status])).toEqual([
      [1, 1, 'Charging'],
      [1, 2, 'Faulted'],
      [2, 1, 'Available'],
    ]);
    expect(connectors[0]).not.toHaveProperty('cpId');
  });
});
