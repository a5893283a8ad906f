import { describe, expect, it } from '@jest/globals';
import { TOPICS, type ChargingSchedule, type DisplayMessage } from '@ocpp-gw/contracts';
import type { Effect, MonitorFact, VariableFact } from '@ocpp-gw/ocpp-j';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const later = new Date('2026-04-01T11:00:00Z');

describe('what 2.0.1 stations tell of themselves, on Postgres', () => {
  const station = effectsOnPostgres('effects-device', { protocol: 'ocpp2.0.1' });
  const { commitAt, rows, published } = station;
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  const twice = async (...effects: Effect[]) => {
    await commit(...effects);
    await commitAt(later, ...effects);
  };

  describe('variables', () => {
    const fact = (name: string, difference: Partial<VariableFact> = {}): VariableFact => ({
      component: { name: 'OCPPCommCtrlr' },
      variable: { name },
      attributeType: 'Actual',
      ...difference,
    });
    const tell = (...variables: VariableFact[]): Effect => ({ kind: 'variablesReported', variables });
    const values = () => rows('device_variables', 'variable, attribute_type AS type, value', 'lower(variable), type');

    it('are kept attribute by attribute, whole, once', async () => {
      const characteristics = { dataType: 'integer', supportsMonitoring: false, unit: 's' };
      await twice(
        tell(
          fact('HeartbeatInterval', {
            component: { name: 'OCPPCommCtrlr', instance: 'main', evse: { id: 1, connectorId: 2 } },
            variable: { name: 'HeartbeatInterval', instance: 'x' },
            value: '60',
            mutability: 'ReadWrite',
            persistent: true,
            constant: false,
            characteristics,
          }),
          fact('Empty'),
        ),
      );
      const bare = { component_instance: '', evse_id: 0, connector_id: 0, variable_instance: '' };
      const unknown = { value: null, mutability: null, persistent: null, constant: null, characteristics: null };
      const seen = {
        cp_id: station.cpId,
        component: 'OCPPCommCtrlr',
        attribute_type: 'Actual',
        reboot_required: false,
      };
      expect(await rows('device_variables', '*', 'variable')).toEqual([
        { ...seen, ...bare, ...unknown, variable: 'Empty', seen_at: later },
        {
          ...seen,
          component_instance: 'main',
          evse_id: 1,
          connector_id: 2,
          variable: 'HeartbeatInterval',
          variable_instance: 'x',
          value: '60',
          mutability: 'ReadWrite',
          persistent: true,
          constant: false,
          characteristics,
          seen_at: later,
        },
      ]);
      expect(await published()).toEqual([]);
    });

    it('are known in any letter case, apart by instance, EVSE and attribute', async () => {
      await commit(
        tell(
          fact('A', { value: '1' }),
          fact('A', { value: '2', attributeType: 'MaxSet' }),
          fact('A', { value: '3', component: { name: 'OCPPCommCtrlr', evse: { id: 1 } } }),
          fact('A', { value: '4', variable: { name: 'A', instance: 'i' } }),
        ),
      );
      await commit(tell(fact('a', { value: '9', component: { name: 'ocppCOMMctrlr' } })));
      expect((await rows('device_variables', 'value')).map(({ value }) => value)).toEqual(['2', '3', '4', '9']);
    });

    it('keep what a message leaves out: of the value, of the rest, of a waiting reboot', async () => {
      await commit(tell(fact('A', { value: '1', mutability: 'ReadWrite', characteristics: { dataType: 'integer' } })));
      await commit(tell(fact('A', { value: '2', rebootRequired: true })));
      await commit(tell(fact('A', { persistent: true })));
      const columns = 'value, mutability, persistent, characteristics, reboot_required AS reboot';
      const [row] = await rows('device_variables', columns);
      expect(row).toEqual({
        value: '2',
        mutability: 'ReadWrite',
        persistent: true,
        characteristics: { dataType: 'integer' },
        reboot: true,
      });
      await commit(tell(fact('A', { value: '3', rebootRequired: false })));
      expect(await rows('device_variables', columns)).toEqual([{ ...row, value: '3', reboot: false }]);
    });

    it('wait for a reboot until the station boots', async () => {
      await commit(tell(fact('A', { value: '1', rebootRequired: true })));
      await commit({
        kind: 'stationBooted',
        vendor: 'V',
        model: 'M',
        registration: { status: 'Accepted', intervalSeconds: 60 },
      });
      expect(await rows('device_variables', 'value, reboot_required AS reboot')).toEqual([
        { value: '1', reboot: false },
      ]);
    });

    it('come hundreds at a time; of two words on one attribute the later holds', async () => {
      const inventory = Array.from({ length: 700 }, (_, index) => fact(`V${index}`, { value: `\0${index}` }));
      await commit(tell(...inventory, fact('v0', { value: 'later' })));
      const all = await values();
      expect(all).toHaveLength(700);
      expect(all[0]).toMatchObject({ value: 'later' });
      expect(all[1]).toMatchObject({ variable: 'V1', value: '1' });
      await commit(tell());
      expect(await values()).toHaveLength(700);
    });
  });

  it('keeps monitors under their ids until they are cleared', async () => {
    const monitor = (id: number, difference: Partial<MonitorFact> = {}): MonitorFact => ({
      id,
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Temperature' },
      type: 'UpperThreshold',
      value: 80.5,
      severity: 3,
      transaction: false,
      ...difference,
    });
    await twice({ kind: 'monitorsReported', monitors: [monitor(1), monitor(2), monitor(2, { value: 70 })] });
    const columns = 'monitor_id AS id, component, evse_id AS evse, variable, type, value, severity, "transaction"';
    const row = { component: 'Connector', evse: 1, variable: 'Temperature', severity: 3, transaction: false };
    expect(await rows('variable_monitors', columns)).toEqual([
      { ...row, id: 1, type: 'UpperThreshold', value: 80.5 },
      { ...row, id: 2, type: 'UpperThreshold', value: 70 },
    ]);
    await commit({ kind: 'monitorsReported', monitors: [monitor(1, { type: 'Delta', transaction: true })] });
    await twice({ kind: 'monitorsCleared', ids: [2, 9] });
    expect(await rows('variable_monitors', columns)).toEqual([
      { ...row, id: 1, type: 'Delta', value: 80.5, transaction: true },
    ]);
    await commit({ kind: 'monitorsCleared', ids: [] }, { kind: 'monitorsReported', monitors: [] });
    expect(await published()).toEqual([]);
  });

  it('keeps display messages under their ids until they are cleared (OCPP 2.0.1 O01 to O06)', async () => {
    const message = (id: number, content: string): DisplayMessage => ({
      id,
      priority: 'InFront',
      message: { format: 'UTF8', content },
    });
    const tell = (...messages: DisplayMessage[]): Effect => ({ kind: 'displayMessagesReported', messages });
    await twice(tell(message(1, 'a'), message(2, 'b'), message(2, 'c')));
    const known = () => rows('display_messages', 'message_id AS id, message');
    expect(await known()).toEqual([
      { id: 1, message: message(1, 'a') },
      { id: 2, message: message(2, 'c') },
    ]);
    await commit(tell(message(1, 'corrected')), tell());
    await twice({ kind: 'displayMessageCleared', id: 2 });
    expect(await known()).toEqual([{ id: 1, message: message(1, 'corrected') }]);
  });

  it('keeps the network profile of a slot', async () => {
    const set = (configurationSlot: number, ocppCsmsUrl: string): Effect => ({
      kind: 'networkProfileSet',
      configurationSlot,
      connection: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl,
        messageTimeout: 30,
        securityProfile: 2,
        ocppInterface: 'Wired0',
      },
    });
    await twice(set(1, 'wss://a'), set(2, 'wss://b'));
    await commit(set(1, 'wss://c'));
    const columns = `configuration_slot AS slot, connection->>'ocppCsmsUrl' AS url, set_at`;
    expect(await rows('network_profiles', columns)).toEqual([
      { slot: 1, url: 'wss://c', set_at: now },
      { slot: 2, url: 'wss://b', set_at: later },
    ]);
  });

  describe('charging limits', () => {
    const schedules: ChargingSchedule[] = [{ chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 10.5 }] }];
    const limit = (evseId: number, source: string, difference: object = {}): Effect => ({
      kind: 'chargingLimit',
      evseId,
      source,
      cleared: false,
      time: { at: now },
      ...difference,
    });
    const limits = () => rows('charging_limits', 'evse_id AS evse, source, grid_critical AS grid, schedules', '1, 2');

    it('hold by EVSE and source until they are lifted, and a repetition tells nobody (OCPP 2.0.1 K12, K13)', async () => {
      await twice(limit(0, 'EMS', { gridCritical: true }), limit(1, 'EMS', { schedules }), limit(1, 'SO'));
      expect(await limits()).toEqual([
        { evse: 0, source: 'EMS', grid: true, schedules: null },
        { evse: 1, source: 'EMS', grid: null, schedules },
        { evse: 1, source: 'SO', grid: null, schedules: null },
      ]);
      expect((await published()).map(({ topic }) => topic)).toEqual([
        TOPICS.charging,
        TOPICS.charging,
        TOPICS.charging,
      ]);
      await commit(limit(1, 'SO', { schedules }), limit(1, 'EMS', { cleared: true }));
      expect(await limits()).toEqual([
        { evse: 0, source: 'EMS', grid: true, schedules: null },
        { evse: 1, source: 'SO', grid: null, schedules },
      ]);
      expect((await published()).map(({ event }) => event.payload?.value)).toMatchObject([
        { source: 'SO', cleared: false },
        { source: 'EMS', cleared: true },
      ]);
    });

    it('of the whole station lifted are lifted of its EVSEs, of that source', async () => {
      await commit(limit(0, 'EMS'), limit(2, 'EMS'), limit(2, 'SO'));
      await twice(limit(0, 'EMS', { cleared: true }));
      expect(await limits()).toMatchObject([{ evse: 2, source: 'SO' }]);
    });
  });

  describe('published firmware', () => {
    const requested = (requestId: number, checksum = 'AA'): Effect => ({
      kind: 'firmwarePublicationRequested',
      requestId,
      location: `https://fw.example/${requestId}`,
      checksum,
    });
    const status = (text: string, requestId?: number, locations?: string[]): Effect => ({
      kind: 'firmwarePublicationStatus',
      status: text,
      time: { at: now },
      ...(requestId === undefined ? {} : { requestId }),
      ...(locations ? { locations } : {}),
    });
    const publications = () =>
      rows('firmware_publications', 'request_id AS id, location, status, locations, unpublished_at AS unpublished');

    it('follows its request, and the same word again tells nobody (OCPP 2.0.1 L03)', async () => {
      await commit(requested(1));
      await commitAt(later, requested(2));
      await twice(status('Downloading', 1), status('Downloaded'));
      await twice(status('Published', 2, ['ftp://lc/a', 'http://lc/a']));
      expect(await publications()).toEqual([
        { id: 1, location: 'https://fw.example/1', status: 'Downloading', locations: [], unpublished: null },
        {
          id: 2,
          location: 'https://fw.example/2',
          status: 'Published',
          locations: ['ftp://lc/a', 'http://lc/a'],
          unpublished: null,
        },
      ]);
      const events = await published();
      expect(events.map(({ event }) => event.payload?.value)).toMatchObject([
        { status: 'Downloading', ocppRequestId: 1 },
        { status: 'Downloaded', ocppRequestId: undefined },
        { status: 'Published', ocppRequestId: 2, locations: ['ftp://lc/a', 'http://lc/a'] },
      ]);
    });

    it('that nobody asked for makes a row if it has an id; Idle speaks of none', async () => {
      await commit(status('Idle', 3), status('PublishFailed'));
      expect(await publications()).toEqual([]);
      await commit(status('DownloadFailed', 4));
      await commit(requested(4));
      expect(await publications()).toMatchObject([
        { id: 4, location: 'https://fw.example/4', status: 'DownloadFailed' },
      ]);
      expect(await published()).toHaveLength(3);
    });

    it('is unpublished under its checksum, in any letter case', async () => {
      await commit(requested(1, 'AbC'), requested(2, 'other'));
      await twice({ kind: 'firmwareUnpublished', checksum: 'aBc' });
      expect(await publications()).toMatchObject([{ unpublished: now }, { unpublished: null }]);
      await commit(requested(1, 'AbC'));
      expect(await publications()).toMatchObject([{ unpublished: null }, {}]);
    });
  });

  describe('reservations', () => {
    const ended = (reservationId: number, status: 'Expired' | 'Removed' = 'Expired'): Effect => ({
      kind: 'reservationEnded',
      reservationId,
      status,
      time: { at: now },
    });
    const made = (reservationId: number): Effect => ({
      kind: 'reservationMade',
      reservationId,
      evseId: 1,
      idToken: 'Tag',
      expiresAt: later,
    });
    const states = () => rows('reservations', 'reservation_id AS id, state');

    it('end by the station once; one used or cancelled stays so (OCPP 2.0.1 H03, H04)', async () => {
      await commit(made(1), made(2));
      await commit({ kind: 'reservationCancelled', reservationId: 2 });
      await twice(ended(1), ended(2, 'Removed'));
      expect(await states()).toEqual([
        { id: 1, state: 'ended_by_station' },
        { id: 2, state: 'cancelled' },
      ]);
      const words = (await published()).map(({ topic, event }) => [topic, event.payload?.value]);
      expect(words.filter(([, value]) => (value as { reservationId: number }).reservationId === 1)).toEqual([
        [TOPICS.reservation, { reservationId: 1, status: 'Expired' }],
      ]);
      await commit(made(1));
      expect(await states()).toMatchObject([{ id: 1, state: 'active' }, {}]);
    });

    it('that nobody here made are published', async () => {
      await commit(ended(77));
      expect(await states()).toEqual([]);
      expect(await published()).toMatchObject([{ topic: TOPICS.reservation }]);
    });
  });

  it('keeps no row of what vehicles need, and tells a repetition under the same id', async () => {
    await twice({ kind: 'evChargingNeeds', evseId: 1, needs: {}, status: 'Accepted', time: { at: now } });
    const events = await published();
    expect(events.map(({ topic }) => topic)).toEqual([TOPICS.charging, TOPICS.charging]);
    expect(new Set(events.map(({ event }) => event.id)).size).toBe(1);
  });
});
