import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { DeviceMirror, type VariableFilter } from './device-mirror.ts';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { migrate } from './migrations/migrate.ts';
import { sqlOf } from './testing.ts';

const AT = new Date('2026-03-01T10:00:00.000Z');

const ROWS = [
  `INSERT INTO charge_points (cp_id) VALUES ('Hub-01'), ('Other')`,
  `INSERT INTO device_variables
     (cp_id, component, component_instance, evse_id, connector_id, variable, variable_instance, attribute_type, value,
      mutability, persistent, constant, characteristics, reboot_required, seen_at)
   VALUES ('Hub-01', 'OCPPCommCtrlr', '', 0, 0, 'HeartbeatInterval', '', 'Actual', '300', 'ReadWrite', true, false,
           '{"dataType":"integer","unit":"s","supportsMonitoring":true}', true, '2026-03-01T10:00:00Z'),
          ('Hub-01', 'OCPPCommCtrlr', '', 0, 0, 'HeartbeatInterval', '', 'Target', '60', NULL, NULL, NULL, NULL, false,
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 'evse', '', 2, 0, 'AvailabilityState', '', 'Actual', 'Occupied', NULL, NULL, NULL, NULL, false,
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 'EVSE', '', 1, 0, 'AvailabilityState', '', 'Actual', 'Available', NULL, NULL, NULL, NULL, false,
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 'Connector', '', 1, 1, 'availabilitystate', '', 'Actual', NULL, NULL, NULL, NULL, NULL, false,
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 'LocalAuthListCtrlr', 'second', 0, 0, 'Entries', 'all', 'Actual', '9', NULL, NULL, NULL, NULL,
           false, '2026-03-01T10:00:00Z'),
          ('Other', 'Clock', '', 0, 0, 'DateTime', '', 'Actual', 'now', NULL, NULL, NULL, NULL, false,
           '2026-03-01T10:00:00Z')`,
  `INSERT INTO variable_monitors
     (cp_id, monitor_id, component, evse_id, connector_id, variable, variable_instance, type, value, severity,
      "transaction", seen_at)
   VALUES ('Hub-01', 7, 'EVSE', 1, 0, 'Power', 'L1', 'UpperThreshold', 11.5, 3, true, '2026-03-01T10:00:00Z'),
          ('Hub-01', 2, 'Clock', 0, 0, 'DateTime', '', 'Periodic', 60, 9, false, '2026-03-01T10:00:00Z')`,
  `INSERT INTO display_messages (cp_id, message_id, message, seen_at)
   VALUES ('Hub-01', 3, '{"id":3,"priority":"InFront","message":{"format":"UTF8","content":"Closed"}}',
           '2026-03-01T10:00:00Z')`,
  `INSERT INTO network_profiles (cp_id, configuration_slot, connection, set_at)
   VALUES ('Hub-01', 1, '{"ocppVersion":"OCPP20","ocppTransport":"JSON","ocppCsmsUrl":"wss://csms","messageTimeout":30,
           "securityProfile":2,"ocppInterface":"Wired0"}', '2026-03-01T10:00:00Z')`,
  `INSERT INTO charging_limits (cp_id, evse_id, source, grid_critical, schedules, set_at)
   VALUES ('Hub-01', 1, 'SO', true, '[{"chargingRateUnit":"W","periods":[{"startPeriod":0,"limit":4200}]}]',
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 0, 'EMS', NULL, NULL, '2026-03-01T10:00:00Z')`,
  `INSERT INTO firmware_publications
     (cp_id, request_id, location, checksum, status, locations, requested_at, status_at, unpublished_at)
   VALUES ('Hub-01', 9, 'https://host/1', 'ab', 'Published', '{http://hub/1,ftp://hub/1}', '2026-03-01T09:00:00Z',
           '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'),
          ('Hub-01', 5, NULL, NULL, 'Downloading', '{}', NULL, '2026-03-01T10:00:00Z', NULL)`,
];

describe('DeviceMirror', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: DeviceMirror;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-device-mirror', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new DeviceMirror(database);
    for (const row of ROWS) await sqlOf(database).query(row);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const names = async (filter: Omit<VariableFilter, 'cursor'>) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await sut.variables('HUB-01', { ...filter, ...(cursor === undefined ? {} : { cursor }) });
      found.push(
        ...page.items.map((item) => `${item.component}/${item.evseId}.${item.variable}.${item.attributeType}`),
      );
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  };

  it.each([1, 2, 6, 50])('lists variables by component in no letter case, each once, in pages of %i', async (limit) => {
    expect(await names({ limit })).toEqual([
      'Connector/1.availabilitystate.Actual',
      'EVSE/1.AvailabilityState.Actual',
      'evse/2.AvailabilityState.Actual',
      'LocalAuthListCtrlr/0.Entries.Actual',
      'OCPPCommCtrlr/0.HeartbeatInterval.Actual',
      'OCPPCommCtrlr/0.HeartbeatInterval.Target',
    ]);
  });

  it('picks variables by component, variable and EVSE, names in any letter case', async () => {
    expect(await names({ limit: 1, component: 'EVSE' })).toHaveLength(2);
    expect(await names({ limit: 1, variable: 'AVAILABILITYSTATE' })).toHaveLength(3);
    expect(await names({ limit: 9, variable: 'AvailabilityState', component: 'evse', evseId: 2 })).toEqual([
      'evse/2.AvailabilityState.Actual',
    ]);
    expect(await names({ limit: 9, evseId: 0 })).toHaveLength(3);
  });

  it('gives variables whole: what is known of one attribute, and what its names are made of', async () => {
    const { items } = await sut.variables('Hub-01', { limit: 2, component: 'OCPPCommCtrlr' });
    expect(items[0]).toEqual({
      component: 'OCPPCommCtrlr',
      componentInstance: null,
      evseId: 0,
      connectorId: 0,
      variable: 'HeartbeatInterval',
      variableInstance: null,
      attributeType: 'Actual',
      value: '300',
      mutability: 'ReadWrite',
      persistent: true,
      constant: false,
      characteristics: { dataType: 'integer', unit: 's', supportsMonitoring: true },
      rebootRequired: true,
      seenAt: AT,
    });
    expect(items[1]).toMatchObject({ value: '60', mutability: null, persistent: null, characteristics: null });
    const instances = await sut.variables('Hub-01', { limit: 1, variable: 'Entries' });
    expect(instances.items).toMatchObject([{ componentInstance: 'second', variableInstance: 'all' }]);
  });

  it.each([
    ['of another list', ['2026-03-01T10:00:00.000Z', '7']],
    ['with an EVSE that is no number', ['a', '', 'x', '0', 'b', '', 'Actual']],
    ['with a text that Postgres cannot hold', ['a\0', '', '0', '0', 'b', '', 'Actual']],
  ])('refuses a cursor %s', async (_case, key) => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    await expect(sut.variables('Hub-01', { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
  });

  it('gives monitors by number', async () => {
    const [first, second] = await sut.monitors('Hub-01');
    expect(first).toMatchObject({ monitorId: 2, component: 'Clock', evseId: 0, variableInstance: null });
    expect(second).toEqual({
      monitorId: 7,
      component: 'EVSE',
      componentInstance: null,
      evseId: 1,
      connectorId: 0,
      variable: 'Power',
      variableInstance: 'L1',
      type: 'UpperThreshold',
      value: 11.5,
      severity: 3,
      transaction: true,
      seenAt: AT,
    });
  });

  it('gives display messages and network profiles as the station took them', async () => {
    expect(await sut.displayMessages('hub-01')).toEqual([
      {
        messageId: 3,
        message: { id: 3, priority: 'InFront', message: { format: 'UTF8', content: 'Closed' } },
        seenAt: AT,
      },
    ]);
    expect(await sut.networkProfiles('hub-01')).toMatchObject([
      { configurationSlot: 1, connection: { ocppCsmsUrl: 'wss://csms', securityProfile: 2 }, setAt: AT },
    ]);
  });

  it('gives charging limits, those of the whole station first', async () => {
    expect(await sut.chargingLimits('Hub-01')).toEqual([
      { evseId: 0, source: 'EMS', gridCritical: null, schedules: null, setAt: AT },
      {
        evseId: 1,
        source: 'SO',
        gridCritical: true,
        schedules: [{ chargingRateUnit: 'W', periods: [{ startPeriod: 0, limit: 4200 }] }],
        setAt: AT,
      },
    ]);
  });

  it('gives firmware publications newest first, as many as asked for', async () => {
    expect((await sut.firmwarePublications('Hub-01', 1)).map((each) => each.requestId)).toEqual([5]);
    const [unasked, asked] = await sut.firmwarePublications('Hub-01', 9);
    expect(unasked).toMatchObject({ requestId: 5, location: null, checksum: null, requestedAt: null, locations: [] });
    expect(asked).toEqual({
      requestId: 9,
      location: 'https://host/1',
      checksum: 'ab',
      status: 'Published',
      locations: ['http://hub/1', 'ftp://hub/1'],
      requestedAt: new Date('2026-03-01T09:00:00Z'),
      statusAt: AT,
      unpublishedAt: AT,
    });
  });

  it('knows nothing of a station that nobody registered', async () => {
    expect(await sut.variables('nobody', { limit: 9 })).toEqual({ items: [], nextCursor: null });
    expect(await sut.monitors('nobody')).toEqual([]);
  });
});
