import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, ddlFolder, migrate } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Event, MeterSample, TransactionEnded } from '@ocpp-gw/contracts';
import { endedEvent, meterEvent, startedEvent, updatedEvent, type EventOverrides } from '@ocpp-gw/testing';
import { rowsOf } from '../rows/rows-of.ts';
import { insertRows } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

/** 1 January 2026, 10:00 and so many minutes. */
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 10, minute));
const clock = (hour: number): string => `2026-01-01 ${hour}:00:00`;

type Reading = Partial<MeterSample> & { minute: number; value: number };
interface Facts {
  /** Of 1.6, where meterStart is a field of the start. */
  meterStartWh?: number;
  samples?: Reading[];
  /** What the gateway billed; without it the session runs. */
  end?: Partial<TransactionEnded> & { minute: number };
}

const inlet = { location: 'Inlet' };
const byPhase = (minute: number, ...values: number[]): Reading[] =>
  values.map((value, i) => ({ minute, value, phase: `L${i + 1}` }));

describe('views of sessions', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'session-views', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, ddlFolder);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  /** Each twice, in batches that differ: a repeated batch may be cut differently. */
  async function insert(...events: Event[]): Promise<void> {
    for (const [table, group] of Map.groupBy(events.flatMap(rowsOf), (row) => row.table)) {
      const columns = group.map((row) => row.columns);
      await insertRows(sut, table, columns);
      await insertRows(sut, table, columns.toReversed());
    }
  }

  const rows = async (view: string, cpId: string): Promise<Record<string, unknown>[]> =>
    (
      await client.query({
        query: `SELECT * FROM ${view} WHERE cp_id = {cpId:String} ORDER BY ALL`,
        query_params: { cpId },
        format: 'JSONEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      })
    ).json();
  const sessions = (cpId: string) => rows('sessions', cpId);
  const hours = async (cpId: string) =>
    Object.fromEntries((await rows('energy_per_charger_hour', cpId)).map(({ hour, energy_wh: wh }) => [hour, wh]));

  const station = (): string => `CP-${(stations += 1)}`;
  const reportedAt = (cpId: string, minute: number): EventOverrides => ({
    cpId,
    occurredAt: at(minute),
    recordedAt: at(minute),
  });

  /** A session that begins at 10:00. */
  async function session({ meterStartWh, samples = [], end }: Facts): Promise<string> {
    const cpId = station();
    const protocol = meterStartWh === undefined ? 'ocpp2.0.1' : 'ocpp1.6';
    await insert(
      startedEvent({ meterStartWh }, { ...reportedAt(cpId, 0), protocol }),
      ...samples.map(({ minute, ...sample }) => {
        const register = { unit: 'Wh', measurand: 'Energy.Active.Import.Register', ...sample, sampledAt: at(minute) };
        return meterEvent({ samples: [register] }, { ...reportedAt(cpId, minute), protocol });
      }),
      ...(end ? [endedEvent({ ...end }, { ...reportedAt(cpId, end.minute), protocol })] : []),
    );
    return cpId;
  }

  const billed = (minute: number, meterStartWh: number, meterStopWh: number) => ({
    minute,
    startedAt: at(0),
    meterStartWh,
    meterStopWh,
    energyWh: meterStopWh - meterStartWh,
  });
  const notBilled = (minute: number, energyReason: string, more: Partial<TransactionEnded> = {}) => ({
    minute,
    startedAt: at(0),
    energyReason,
    meterStartWh: undefined,
    meterStopWh: undefined,
    energyWh: undefined,
    ...more,
  });

  describe('of an ended session', () => {
    it.each<[string, Facts, Record<string, number>]>([
      [
        'A7 whatever a stray reading says',
        {
          meterStartWh: 1000,
          samples: [
            { minute: 30, value: 2000 },
            { minute: 40, value: 99_999_999 },
            { minute: 45, value: 0 },
            { minute: 60, value: 3000 },
          ],
          end: billed(120, 1000, 5000),
        },
        { [clock(10)]: 2000, [clock(11)]: 2000 },
      ],
      [
        'C7 by the outlet alone, where two meters are reported',
        {
          samples: [
            { minute: 0, value: 0 },
            { minute: 0, value: 700, ...inlet },
            { minute: 60, value: 1500 },
            { minute: 60, value: 800, ...inlet },
            { minute: 120, value: 2000 },
          ],
          end: billed(120, 0, 2000),
        },
        { [clock(10)]: 1500, [clock(11)]: 500 },
      ],
      [
        'C3 by the sum of phases',
        {
          samples: [...byPhase(0, 1, 2, 3), ...byPhase(60, 101, 102, 103), ...byPhase(90, 100)],
          end: billed(120, 6, 406),
        },
        { [clock(10)]: 300, [clock(11)]: 100 },
      ],
      [
        'evenly, where nothing was read between',
        { end: billed(120, 1000, 2000) },
        { [clock(10)]: 500, [clock(11)]: 500 },
      ],
      [
        'C4 evenly, where energy was reported by interval',
        {
          samples: [{ minute: 60, value: 900, measurand: 'Energy.Active.Import.Interval' }],
          end: { ...notBilled(120, ''), energyWh: 1000 },
        },
        { [clock(10)]: 500, [clock(11)]: 500 },
      ],
      [
        'whatever readings before its start and after its end say',
        {
          samples: [
            { minute: -30, value: 1500 },
            { minute: 150, value: 1600 },
          ],
          end: billed(60, 1000, 2000),
        },
        { [clock(10)]: 1000 },
      ],
      [
        'in the hour of its end, where its clock jumped',
        { end: { ...billed(60 * 24 * 30, 1000, 2000) } },
        { '2026-01-31 10:00:00': 1000 },
      ],
      [
        'A9 not at all, where it was not billed',
        {
          samples: [
            { minute: 10, value: 100_000 },
            { minute: 20, value: 101_000 },
            { minute: 30, value: 0 },
            { minute: 40, value: 500 },
          ],
          end: notBilled(60, 'register_fell', { meterStartWh: 100_000, meterStopWh: 1000 }),
        },
        {},
      ],
    ])('energy_per_charger_hour spreads what was billed: %s', async (_how, facts, expected) => {
      expect(await hours(await session(facts))).toEqual(expected);
    });

    it('A6t counts a session in no hour in which it drew nothing', async () => {
      const cpId = await session({ end: billed(60, 1000, 2000) });
      expect(await rows('energy_per_charger_hour', cpId)).toEqual([
        { cp_id: cpId, hour: clock(10), energy_wh: 1000, transactions: 1 },
      ]);
    });

    it('T12 sessions has no energy and the reason, as the gateway published it', async () => {
      const end = notBilled(60, 'register_fell', { meterStartWh: 5000, meterStopWh: 40 });
      const cpId = await session({ meterStartWh: 5000, samples: [{ minute: 10, value: 6000 }], end });
      expect(await sessions(cpId)).toMatchObject([
        { state: 'ended', meter_start_wh: 5000, meter_stop_wh: 40, energy_wh: null, energy_reason: 'register_fell' },
      ]);
    });

    it('sessions reckons nothing of its own from readings', async () => {
      const samples = [
        { minute: 0, value: 1000 },
        { minute: 60, value: 9000 },
      ];
      const cpId = await session({ samples, end: notBilled(60, 'no_register') });
      expect(await sessions(cpId)).toMatchObject([{ meter_start_wh: null, meter_stop_wh: null, energy_wh: null }]);
    });
  });

  describe('of a running session', () => {
    it.each<[string, Facts, { meter_start_wh: number | null; meter_stop_wh: number | null; energy_wh: number | null }]>(
      [
        [
          'the latest reading',
          {
            meterStartWh: 1000,
            samples: [
              { minute: 10, value: 1500.1 },
              { minute: 20, value: 2000.3 },
            ],
          },
          { meter_start_wh: 1000, meter_stop_wh: 2000.3, energy_wh: 1000.3 },
        ],
        [
          'A7b not a stray high one',
          {
            meterStartWh: 1000,
            samples: [
              { minute: 10, value: 2000 },
              { minute: 20, value: 99_999_999 },
            ],
          },
          { meter_start_wh: 1000, meter_stop_wh: 2000, energy_wh: 1000 },
        ],
        [
          'A7b not a stray high one of which the honest ones are later',
          {
            meterStartWh: 1000,
            samples: [
              { minute: 10, value: 99_999_999 },
              { minute: 20, value: 2000 },
              { minute: 30, value: 2500 },
            ],
          },
          { meter_start_wh: 1000, meter_stop_wh: 2500, energy_wh: 1500 },
        ],
        [
          'A7b nothing where only the stray one is there',
          { meterStartWh: 1000, samples: [{ minute: 10, value: 99_999_999 }] },
          { meter_start_wh: 1000, meter_stop_wh: null, energy_wh: null },
        ],
        [
          'A6 nothing while a zero may be stray or not',
          {
            meterStartWh: 0,
            samples: [
              { minute: 10, value: 2000 },
              { minute: 20, value: 0 },
            ],
          },
          { meter_start_wh: 0, meter_stop_wh: null, energy_wh: null },
        ],
        [
          'A9 nothing once a fall is confirmed',
          {
            meterStartWh: 100_000,
            samples: [
              { minute: 10, value: 101_000 },
              { minute: 20, value: 0 },
              { minute: 30, value: 500 },
            ],
          },
          { meter_start_wh: 100_000, meter_stop_wh: null, energy_wh: null },
        ],
        [
          'C7 the outlet before another meter',
          {
            samples: [
              { minute: 0, value: 7000, ...inlet },
              { minute: 0, value: 0 },
              { minute: 10, value: 2000 },
              { minute: 10, value: 9100, ...inlet },
            ],
          },
          { meter_start_wh: 0, meter_stop_wh: 2000, energy_wh: 2000 },
        ],
        [
          'T10 the inlet where the outlet was read once',
          {
            samples: [
              { minute: 0, value: 7000, ...inlet },
              { minute: 0, value: 0 },
              { minute: 10, value: 9100, ...inlet },
            ],
          },
          { meter_start_wh: 7000, meter_stop_wh: 9100, energy_wh: 2100 },
        ],
        [
          'T12 nothing where the preferred one falls, whatever another says',
          {
            samples: [
              { minute: 0, value: 7000, ...inlet },
              { minute: 0, value: 500 },
              { minute: 10, value: 40 },
              { minute: 10, value: 9100, ...inlet },
            ],
          },
          { meter_start_wh: null, meter_stop_wh: null, energy_wh: null },
        ],
        [
          'C3 the sum of phases',
          { samples: [...byPhase(0, 100, 200, 300), ...byPhase(10, 200, 300, 400)] },
          { meter_start_wh: 600, meter_stop_wh: 900, energy_wh: 300 },
        ],
        [
          'T9 the plain one beside signed ones without a unit',
          {
            samples: [
              { minute: 0, value: 2114135.6, context: 'Transaction.Begin' },
              { minute: 0, value: 2114.1356, context: 'Transaction.Begin', signed: true, unitAssumed: true },
              { minute: 10, value: 2115135.6 },
              { minute: 10, value: 2115.1356, signed: true, unitAssumed: true },
            ],
          },
          { meter_start_wh: 2114135.6, meter_stop_wh: 2115135.6, energy_wh: 1000 },
        ],
        ['nothing of no reading', {}, { meter_start_wh: null, meter_stop_wh: null, energy_wh: null }],
      ],
    )('sessions shows, so far, %s', async (_what, facts, expected) => {
      const cpId = await session(facts);
      expect(await sessions(cpId)).toMatchObject([{ state: 'active', ended_at: null, energy_reason: '', ...expected }]);
      const spread = Object.values(await hours(cpId)).reduce<number>((sum, wh) => sum + Number(wh), 0);
      expect(spread).toBeCloseTo(expected.energy_wh ?? 0, 6);
    });
  });

  describe('converge on the highest revision', () => {
    it('T8 a true end corrects an inferred one, in whatever order they come', async () => {
      const [inOrder, reversed] = [station(), station()];
      for (const cpId of [inOrder, reversed]) {
        const events = [
          startedEvent({ meterStartWh: 1000 }, reportedAt(cpId, 0)),
          endedEvent(
            {
              revision: 1,
              endInferred: 'status',
              reason: 'EndLost',
              ...notBilled(10, 'no_end_register'),
              missingSeqNos: [1],
              totalCost: 7,
              cost: { amount: '7.00', currency: 'EUR' },
            },
            reportedAt(cpId, 10),
          ),
          endedEvent({ revision: 2, reason: 'Local', ...billed(60, 1000, 21_000) }, reportedAt(cpId, 60)),
        ];
        for (const event of cpId === inOrder ? events : events.toReversed()) await insert(event);
        expect(await sessions(cpId)).toMatchObject([
          {
            state: 'ended',
            ended_at: '2026-01-01 11:00:00.000',
            energy_wh: 20_000,
            energy_reason: '',
            end_inferred: '',
            stop_reason: 'Local',
            missing_seq_nos: [],
            total_cost: 7,
            cost_amount: 7,
            cost_currency: 'EUR',
            revision: 2,
            events: 3,
          },
        ]);
        expect(await hours(cpId)).toEqual({ [clock(10)]: 20_000 });
      }
    });

    it('shows an end that is inferred as such', async () => {
      const end = { revision: 1, endInferred: 'newer_start', ...billed(60, 1000, 4000) };
      expect(await sessions(await session({ meterStartWh: 1000, end }))).toMatchObject([
        { state: 'ended', energy_wh: 3000, end_inferred: 'newer_start' },
      ]);
    });

    it('T13 what is learnt late is in the row of the session', async () => {
      const cpId = station();
      await insert(
        startedEvent({ idToken: '', evseId: 0, meterStartWh: undefined }, reportedAt(cpId, 0)),
        updatedEvent(
          {
            revision: 1,
            idToken: 'DRIVER1',
            remoteStartId: 4711,
            reservationId: 99,
            evseId: 2,
            startedAt: at(-5),
            meterStartWh: 10,
            stationTransactionId: '1',
          },
          reportedAt(cpId, 1),
        ),
        updatedEvent({ idToken: 'OTHER', evseId: 0, connectorId: 0 }, reportedAt(cpId, 2)),
      );
      expect(await sessions(cpId)).toMatchObject([
        {
          state: 'active',
          id_token: 'DRIVER1',
          remote_start_id: 4711,
          reservation_id: 99,
          evse_id: 2,
          started_at: '2026-01-01 09:55:00.000',
          meter_start_wh: 10,
          station_transaction_id: '1',
          revision: 1,
        },
      ]);
    });

    it('tells an end that belongs to nobody apart, and forgets it once it is given to a transaction', async () => {
      const cpId = await session({ meterStartWh: 1000 });
      const unassigned = {
        transactionId: 'unassigned-1',
        unassignedReason: 'ambiguous',
        ...notBilled(60, 'no_start_register', { meterStopWh: 5000 }),
      };
      await insert(endedEvent(unassigned, reportedAt(cpId, 60)));
      expect(await sessions(cpId)).toMatchObject([
        { transaction_id: '1', state: 'active', unassigned_reason: '' },
        { transaction_id: 'unassigned-1', state: 'ended', unassigned_reason: 'ambiguous', energy_wh: null },
      ]);
      await insert(
        endedEvent({ ...unassigned, revision: 1, assignedTo: '1' }, reportedAt(cpId, 70)),
        endedEvent({ revision: 1, ...billed(60, 1000, 5000) }, reportedAt(cpId, 60)),
      );
      expect(await sessions(cpId)).toMatchObject([{ transaction_id: '1', state: 'ended', energy_wh: 4000 }]);
      expect(await hours(cpId)).toEqual({ [clock(10)]: 4000 });
    });

    it('T7 two sessions of one station id are two rows', async () => {
      const cpId = station();
      await insert(
        startedEvent({ transactionId: '1', idToken: 'ALICE', meterStartWh: 1000 }, reportedAt(cpId, 0)),
        endedEvent({ transactionId: '1', idToken: 'ALICE', ...billed(2, 1000, 11_000) }, reportedAt(cpId, 2)),
        startedEvent({ transactionId: '1~2', stationTransactionId: '1', idToken: 'BOB' }, reportedAt(cpId, 60)),
        endedEvent(
          {
            transactionId: '1~2',
            stationTransactionId: '1',
            idToken: 'BOB',
            ...billed(62, 11_000, 16_000),
            startedAt: at(60),
          },
          reportedAt(cpId, 62),
        ),
      );
      expect(await sessions(cpId)).toMatchObject([
        { transaction_id: '1', id_token: 'ALICE', energy_wh: 10_000, station_transaction_id: '' },
        { transaction_id: '1~2', id_token: 'BOB', energy_wh: 5000, station_transaction_id: '1' },
      ]);
      expect(await hours(cpId)).toEqual({ [clock(10)]: 10_000, [clock(11)]: 5000 });
    });
  });
});
