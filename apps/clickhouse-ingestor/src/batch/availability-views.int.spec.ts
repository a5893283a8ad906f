import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, migrate, schemaFolders } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Event } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { connectionEvent, managedEvent, statusEvent } from '@ocpp-gw/testing';
import { insertEvents } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

/** A day and a time of January 2026, as "10T12:00". */
const at = (time: string): Date => new Date(`2026-01-${time}Z`);
const HOUR = 3600;

describe('views of availability', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'availability-views', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  async function insert(...events: Event[]): Promise<void> {
    await insertEvents(sut, events);
  }

  async function query(text: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
    const result = await client.query({ query: text, query_params: params, format: 'JSONEachRow' });
    return result.json();
  }

  /** The seconds of each state on these days, without those that are 0, by connector. */
  async function seconds(cpId: string, from: string, to = from): Promise<Record<string, unknown>[]> {
    const rows = await query(
      `SELECT * FROM connector_availability_between(from_day = '2026-01-${from}', to_day = '2026-01-${to}')
       WHERE cp_id = {cpId:String} ORDER BY day, evse_id, connector_id`,
      { cpId },
    );
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name, value]) => name !== 'cp_id' && value !== 0)),
    );
  }

  const next = (): string => `CP-${(stations += 1)}`;

  /** What happens to one charger. */
  function charger() {
    const cpId = next();
    const facts = (time: string, reported = time) => ({ cpId, occurredAt: at(reported), recordedAt: at(time) });
    return {
      cpId,
      /** `recorded`: when its end was written. */
      connection: (began: string, ended?: string, recorded = ended): Event[] => {
        const known = { connectionId: `${cpId} ${began}`, beganAt: at(began) };
        const open = connectionEvent({ ...known, connected: true }, facts(began));
        if (ended === undefined) return [open];
        return [open, connectionEvent({ ...known, connected: false }, facts(recorded ?? ended, ended))];
      },
      registered: (time: string, timeZone: string): Event => managedEvent({ timeZone }, facts(time)),
      status: (time: string, status: string, evseId = 1, connectorId = 1, reported = time): Event =>
        statusEvent({ status, evseId, connectorId }, facts(time, reported)),
    };
  }

  it('F16 counts faults, as received, and lost connections, but not the late close of a replaced connection', async () => {
    const { cpId, connection, status } = charger();
    await insert(
      ...connection('10T11:00', '10T13:00:01'),
      ...connection('10T13:00', '10T23:00'),
      ...connection('10T23:30'),
      status('10T12:00', 'Available'),
      status('11T12:00', 'Faulted', 1, 1, '11T15:00'),
      status('11T13:00', 'Charging'),
    );
    expect(await seconds(cpId, '10', '11')).toEqual([
      {
        ...{ evse_id: 1, connector_id: 1, day: '2026-01-10', observed_seconds: 13 * HOUR, unknown_seconds: HOUR },
        ...{ available_seconds: 11.5 * HOUR, offline_seconds: 0.5 * HOUR, availability: 11.5 / 12 },
      },
      {
        ...{ evse_id: 1, connector_id: 1, day: '2026-01-11', observed_seconds: 24 * HOUR },
        ...{ available_seconds: 23 * HOUR, occupied_seconds: 11 * HOUR, faulted_seconds: HOUR, availability: 23 / 24 },
      },
    ]);
  });

  it('E3 says nothing of the availability of a charger that was never connected', async () => {
    const { cpId, status } = charger();
    await insert(status('10T02:00', 'Available'));
    expect(await seconds(cpId, '10')).toEqual([
      {
        ...{ evse_id: 1, connector_id: 1, day: '2026-01-10', observed_seconds: 22 * HOUR },
        ...{ unknown_seconds: 22 * HOUR, availability: null },
      },
    ]);
  });

  it('E2 counts an outage of the station or of an EVSE for its connectors', async () => {
    const { cpId, connection, status } = charger();
    await insert(
      ...connection('09T00:00'),
      status('09T00:00', 'Available'),
      status('09T00:00', 'Occupied', 2, 1),
      status('10T14:00', 'Unavailable', 0, 0),
      status('10T16:00', 'Available', 0, 0),
      status('10T18:00', 'Faulted', 2, 0),
      status('10T19:00', 'Available', 2, 0),
    );
    expect(await seconds(cpId, '10')).toMatchObject([
      { evse_id: 1, available_seconds: 22 * HOUR, unavailable_seconds: 2 * HOUR },
      { evse_id: 2, occupied_seconds: 21 * HOUR, unavailable_seconds: 2 * HOUR, faulted_seconds: HOUR },
    ]);
  });

  it('a connection that a killed pod left open counts until its charger was heard last', async () => {
    const { cpId, connection, status } = charger();
    await insert(...connection('10T00:00', '10T06:00', '10T06:02'), status('10T00:00', 'Available'));
    expect(await seconds(cpId, '10', '11')).toMatchObject([
      { available_seconds: 6 * HOUR, offline_seconds: 18 * HOUR },
      { offline_seconds: 24 * HOUR },
    ]);
  });

  it('a connection that was taken for lost, and was not, counts as if nothing had been said', async () => {
    const { cpId, connection, status } = charger();
    const [open, lost] = connection('10T00:00', '10T06:00', '10T06:02') as [Event, Event];
    const again = connectionEvent(
      { connectionId: `${cpId} 10T00:00`, connected: true, beganAt: at('10T00:00') },
      {
        ...{ cpId, occurredAt: at('10T00:00'), recordedAt: at('10T06:05') },
      },
    );
    await insert(open, lost, again, status('10T00:00', 'Available'));
    expect(await seconds(cpId, '11')).toMatchObject([{ available_seconds: 24 * HOUR }]);
  });

  it.each([
    ['Asia/Kolkata', '10T18:30', '11T18:30'],
    ['America/New_York', '11T05:00', '12T05:00'],
    ['Nowhere/Land', '11T00:00', '12T00:00'],
  ])('counts the days of %s', async (timeZone, begin, end) => {
    const { cpId, registered, connection, status } = charger();
    await insert(
      registered('01T00:00', timeZone),
      ...connection('01T00:00'),
      status('01T00:00', 'Faulted'),
      status(begin, 'Available'),
      status(end, 'Faulted'),
    );
    expect(await seconds(cpId, '11')).toMatchObject([{ day: '2026-01-11', available_seconds: 24 * HOUR }]);
    expect(await seconds(cpId, '10', '12')).toMatchObject([
      { faulted_seconds: 24 * HOUR },
      { available_seconds: 24 * HOUR },
      { faulted_seconds: 24 * HOUR },
    ]);
  });

  it('knows what holds at the begin of a day, however long before it began', async () => {
    const { cpId, connection, status } = charger();
    const longAgo = (day: string, said: string): Event => {
      const time = new Date(`2025-02-${day}T00:00Z`);
      return statusEvent({ status: said }, { cpId, occurredAt: time, recordedAt: time });
    };
    const days = (first: number, last: number): string[] =>
      Array.from({ length: last - first + 1 }, (_, n) => String(first + n).padStart(2, '0'));
    const each = (asked: string[]) => Promise.all(asked.map(async (day) => (await seconds(cpId, day))[0]));
    await insert(...connection('01T00:00'), longAgo('03', 'Faulted'), longAgo('04', 'Available'));
    const before = days(1, 31);
    expect(await each(before)).toMatchObject(before.map(() => ({ available_seconds: 24 * HOUR })));

    await insert(status('07T00:00', 'Faulted'), status('06T00:00', 'Reserved'));
    const after = days(7, 31);
    expect(await each(after)).toMatchObject(after.map(() => ({ faulted_seconds: 24 * HOUR })));
  });

  it('says the same when everything comes twice, late and in another order, and for one day as for all', async () => {
    const { cpId, connection, status } = charger();
    const events = [
      ...connection('02T00:00', '03T10:00', '03T10:02'),
      ...connection('03T11:00'),
      status('02T00:00', 'Available'),
      status('04T10:00', 'Preparing'),
      status('04T10:01', 'Charging'),
      status('04T12:00', 'Reserved'),
      status('04T13:00', 'OutOfOrder'),
      status('05T00:00', 'SuspendedEV'),
    ];
    for (const event of events.toReversed()) await insert(event);
    const days = await seconds(cpId, '02', '05');
    expect(days).toMatchObject([
      { available_seconds: 24 * HOUR },
      { available_seconds: 23 * HOUR, offline_seconds: HOUR },
      { occupied_seconds: 2 * HOUR, reserved_seconds: HOUR, unknown_seconds: 11 * HOUR },
      { occupied_seconds: 24 * HOUR },
    ]);
    await insert(...events);
    await insert(...events.toReversed());
    const singly = ['02', '03', '04', '05'].map(async (day) => (await seconds(cpId, day))[0]);
    expect(await Promise.all(singly)).toEqual(days);
    expect(await seconds(cpId, '02', '05')).toEqual(days);
    const whole = await query(`SELECT day, available_seconds FROM connector_availability
      WHERE cp_id = '${cpId}' AND day BETWEEN '2026-01-02' AND '2026-01-05' ORDER BY day`);
    expect(whole).toEqual(days.map(({ day, available_seconds }) => ({ day, available_seconds })));
  });
});
