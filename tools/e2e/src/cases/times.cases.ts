import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { at, idToken, time, type Payload } from './station.ts';
import type { World } from './world.ts';

/** F14 to F19: times, units and states. */
export function times(world: () => World): void {
  const statuses = async (cpId: string): Promise<Payload[]> => {
    const query = 'SELECT * FROM connector_status WHERE cp_id = {cpId:String} ORDER BY recorded_at';
    const result = await world().stack.clickhouse.query({ query, query_params: { cpId }, format: 'JSONEachRow' });
    return result.json<Payload>();
  };
  const hooked = (cpId: string): unknown[] =>
    world()
      .stack.backend.webhooks({ cp_id: cpId, type: 'cp.status' })
      .map(({ body }) => (body as { data: { payload: Payload } }).data.payload['status']);

  const READ = '2026-11-30T04:04:40.000Z';

  it.concurrent.each<[string, string, unknown]>([
    ['the basic form of ISO 8601', 'CASE-F14', '20261130T040440Z'],
    ['seconds since 1970, as text', 'CASE-F14-SECONDS', '1796011480'],
    ['seconds since 1970, as a number', 'CASE-F14-NUMBER', 1_796_011_480],
    ['milliseconds since 1970', 'CASE-F14-MILLIS', 1_796_011_480_000],
    ['a blank for the T', 'CASE-F14-BLANK', '2026-11-30 04:04:40Z'],
    ['a comma for the point', 'CASE-F14-COMMA', '2026-11-30T04:04:40,000Z'],
    ['an offset without a colon', 'CASE-F14-OFFSET', '2026-11-30T05:04:40+0100'],
    ['small letters', 'CASE-F14-LETTERS', '2026-11-30t04:04:40z'],
    ['the basic form with an offset', 'CASE-F14-BASIC', '20261130T050440+0100'],
  ])('F14 a timestamp in %s is read, and its original kept', async (_, cpId, timestamp) => {
    const station = await world().sixteen(cpId);
    await station.status(1, 'Faulted', { timestamp });
    expect((await station.read())['connectors']).toEqual([expect.objectContaining({ status_at: READ })]);
    await until('ClickHouse', async () => {
      const [row] = await statuses(cpId);
      expect(String(row?.['occurred_at'])).toMatch(/^2026-11-30[ T]04:04:40/);
      expect(row?.['occurred_at_raw']).toBe(String(timestamp));
    });
  });

  it.concurrent('F14 (relative) a session whose times are numbers keeps its length', async () => {
    const cpId = 'CASE-F14-SESSION';
    const station = await world().sixteen(cpId);
    const seconds = (minutes: number): string => String(Date.parse(at(minutes)) / 1000);
    const id = await station.start(1, 'CARD1', 1000, seconds(0));
    await station.stop(id, 5000, { timestamp: seconds(60) });
    await world().downstream.holds(cpId, [{ energy_wh: 4000, started_at: at(0), ended_at: at(60) }]);
  });

  it.concurrent('F14 (relative) a sample taken at such a time stays at it', async () => {
    const station = await world().sixteen('CASE-F14-SAMPLE');
    await station.meter(1, undefined, 1501, '20261130T040440Z');
    await until('the sample', async () =>
      expect(await station.list('/meter-values')).toEqual([expect.objectContaining({ sampled_at: READ })]),
    );
  });

  const UNITS: [measurand: string, unit: string][] = [
    ['Power.Active.Import', 'W'],
    ['Current.Import', 'A'],
    ['SoC', 'Percent'],
    ['Voltage', 'V'],
    ['Power.Reactive.Import', 'var'],
    ['Energy.Reactive.Import.Register', 'varh'],
    ['Energy.Active.Import.Register', 'Wh'],
    ['Frequency', 'Hz'],
  ];

  it.concurrent.each<['sixteen' | 'two', string]>([
    ['sixteen', 'CASE-F15'],
    ['two', 'CASE-F15-201'],
  ])("F15 a reading without unit has its measurand's own, marked as assumed (%s)", async (version, cpId) => {
    const station = await world()[version](cpId);
    // The frequency is a measurand of both; Temperature has a unit of its own in neither text.
    const sampledValue = UNITS.map(([measurand], index) => ({
      value: version === 'two' ? index + 1 : String(index + 1),
      measurand,
    }));
    const place = version === 'two' ? { evseId: 1 } : { connectorId: 1 };
    await station.call('MeterValues', { ...place, meterValue: [{ timestamp: at(0), sampledValue }] });
    await until('the samples', async () => {
      const samples = await station.list('/meter-values');
      const units = Object.fromEntries(samples.map((row) => [row['measurand'], row['unit']]));
      expect(units).toEqual(Object.fromEntries(UNITS));
      for (const row of samples) expect(row['raw_unit'] === null || row['unit_assumed'] === true).toBe(true);
    });
  });

  it.concurrent('F16 the last status received is the status, whatever its time', async () => {
    const cpId = 'CASE-F16';
    const station = await world().sixteen(cpId);
    const ahead = time(2 * 3600);
    await station.status(1, 'Preparing', { timestamp: ahead });
    for (const status of ['Charging', 'Available', 'Faulted']) {
      await station.status(1, status, { timestamp: time() });
      expect(await station.connectorStatus(1)).toBe(status);
    }
    await until('the webhooks', async () =>
      expect(hooked(cpId)).toEqual(['Preparing', 'Charging', 'Available', 'Faulted']),
    );
    await until('ClickHouse', async () => {
      const query = 'SELECT status FROM last_status WHERE cp_id = {cpId:String} AND evse_id = 1';
      const result = await world().stack.clickhouse.query({ query, query_params: { cpId }, format: 'JSONEachRow' });
      expect(await result.json()).toEqual([{ status: 'Faulted' }]);
    });
    // What the charger said of the time is history.
    const [first] = await statuses(cpId);
    expect(String(first?.['occurred_at']).replace(' ', 'T')).toContain(ahead.slice(0, 19));
  });

  it.concurrent('F16 (relative) 2.0.1: so is it when a status of long ago comes last', async () => {
    const station = await world().two('CASE-F16-201');
    await station.status('Occupied', 1, { timestamp: time() });
    await station.status('Available', 1, { timestamp: time(-7200) });
    expect(await station.connectorStatus(1)).toBe('Available');
  });

  it.concurrent.each<[string, string[]]>([
    ['CASE-F17', ['Available', 'Preparing', 'Available']],
    ['CASE-F17-SAME', ['Faulted', 'Faulted', 'Available', 'Faulted']],
  ])('F17 states with one timestamp are all events, in order (%s)', async (cpId, reported) => {
    const station = await world().sixteen(cpId);
    for (const status of reported) await station.status(1, status, { timestamp: at(0) });
    const changes = reported.filter((status, index) => status !== reported[index - 1]);
    const changed = (all: readonly unknown[]): unknown[] => all.filter((status, index) => status !== all[index - 1]);
    await until('the webhooks', async () => expect(changed(hooked(cpId))).toEqual(changes));
    await until('ClickHouse', async () =>
      expect(changed((await statuses(cpId)).map(({ status }) => status))).toEqual(changes),
    );
    expect(await station.connectorStatus(1)).toBe(reported.at(-1));
  });

  const availability = (actualValue: string, evse?: Payload, name = 'Connector'): Payload => ({
    generatedAt: time(),
    seqNo: 0,
    tbc: false,
    eventData: [
      {
        eventId: 1,
        timestamp: time(),
        trigger: 'Delta',
        eventNotificationType: 'HardWiredNotification',
        component: { name, ...(evse ? { evse } : {}) },
        variable: { name: 'AvailabilityState' },
        actualValue,
      },
    ],
  });

  it.concurrent('F18 NotifyEvent of a connector feeds connectors, events and device model', async () => {
    const cpId = 'CASE-F18';
    const station = await world().two(cpId);
    for (const status of ['Occupied', 'Faulted']) {
      await station.call('NotifyEvent', availability(status, { id: 1, connectorId: 1 }));
      expect(await station.connectorStatus(1)).toBe(status);
    }
    await until('the webhooks', async () => expect(hooked(cpId)).toEqual(['Occupied', 'Faulted']));
    await until('ClickHouse', async () =>
      expect((await statuses(cpId)).map(({ status }) => status)).toEqual(['Occupied', 'Faulted']),
    );
    expect(await station.list('/variables?component=Connector&variable=AvailabilityState')).toEqual([
      expect.objectContaining({ evse_id: 1, connector_id: 1, value: 'Faulted' }),
    ]);
  });

  it.concurrent('F18 (relative) a StatusNotification and a NotifyEvent: the last reported is the status', async () => {
    const station = await world().two('CASE-F18-BOTH');
    await station.status('Available', 2);
    await station.call('NotifyEvent', availability('Unavailable', { id: 2, connectorId: 1 }));
    expect(await station.connectorStatus(2)).toBe('Unavailable');
    await station.status('Available', 2);
    expect(await station.connectorStatus(2)).toBe('Available');
  });

  it.concurrent('F18 (relative) any variable that NotifyEvent tells is in the device model', async () => {
    const station = await world().two('CASE-F18-MODEL');
    await station.call('NotifyEvent', availability('Unavailable', undefined, 'ChargingStation'));
    expect(await station.list('/variables?component=ChargingStation')).toEqual([
      expect.objectContaining({ variable: 'AvailabilityState', value: 'Unavailable' }),
    ]);
  });

  it.concurrent.each<['sixteen' | 'two', string]>([
    ['sixteen', 'CASE-F19'],
    ['two', 'CASE-F19-201'],
  ])('F19 an offline charger was last seen when it was last heard, not when it booted (%s)', async (version, cpId) => {
    const station = await world()[version](cpId);
    const { last_boot_at: booted } = await station.read();
    // Seconds must pass between the boot and the last word, for the two to be distinguished.
    await until('the clock to go on', async () =>
      expect(Date.now() - Date.parse(String(booted))).toBeGreaterThan(3000),
    );
    await station.call('Authorize', version === 'two' ? { idToken: idToken('X') } : { idTag: 'X' });
    await station.disconnect();
    await until('it to be offline', async () => expect(await station.read()).toMatchObject({ online: false }));
    const { last_seen_at: seen } = await station.read();
    expect(Date.parse(String(seen)) - Date.parse(String(booted))).toBeGreaterThan(2000);
  });
}
