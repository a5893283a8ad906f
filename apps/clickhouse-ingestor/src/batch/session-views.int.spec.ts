import { describe, expect, it } from '@jest/globals';
import { endedEvent, meterEvent, startedEvent, statusEvent, updatedEvent } from '@ocpp-gw/testing';
import type { Said } from '@ocpp-gw/testing-transactions';
import {
  at,
  billed,
  byPhase,
  clock,
  heard,
  inlet,
  notBilled,
  once,
  reportedAt,
  session16,
  session201,
  viewsOnClickHouse,
} from './testdata/views-on-clickhouse.ts';

describe('views of sessions', () => {
  const views = viewsOnClickHouse('session-views');

  describe('of an ended session', () => {
    it('T12 sessions has no energy and the reason, as the gateway published it', async () => {
      const cpId = await views.published(session16(5000, [{ minute: 10, value: 6000 }], [60, 40]));
      expect(await views.sessions(cpId)).toMatchObject([
        { state: 'ended', meter_start_wh: 5000, meter_stop_wh: 40, energy_wh: null, energy_reason: 'register_fell' },
      ]);
    });

    it('sessions computes nothing of its own', async () => {
      const cpId = views.station();
      await views.insert(
        startedEvent({ meterStartWh: 0, ...heard }, reportedAt(cpId, 0)),
        meterEvent({}, reportedAt(cpId, 10)),
        endedEvent({ ...notBilled(60, 'no_register'), ...heard }, reportedAt(cpId, 60)),
      );
      expect(await views.sessions(cpId)).toMatchObject([
        { meter_start_wh: null, meter_stop_wh: null, energy_wh: null },
      ]);
    });
  });

  describe('of a running session', () => {
    it.each<[string, Said[], { meter_start_wh: number | null; energy_wh: number | null }]>([
      [
        'the latest reading',
        session16(1000, [
          { minute: 10, value: 1500.1 },
          { minute: 20, value: 2000.3 },
        ]),
        { meter_start_wh: 1000, energy_wh: 1000.3 },
      ],
      [
        'A7b not a stray high one',
        session16(1000, [
          { minute: 10, value: 2000 },
          { minute: 20, value: 99_999_999 },
        ]),
        { meter_start_wh: 1000, energy_wh: 1000 },
      ],
      [
        'A7b not a stray high one of which the honest ones are later',
        session16(1000, [
          { minute: 10, value: 99_999_999 },
          { minute: 20, value: 2000 },
          { minute: 30, value: 2500 },
        ]),
        { meter_start_wh: 1000, energy_wh: 1500 },
      ],
      [
        'A7b nothing where only the stray one is there',
        session16(1000, [{ minute: 10, value: 99_999_999 }]),
        { meter_start_wh: 1000, energy_wh: null },
      ],
      [
        'A9 nothing once a fall is confirmed',
        session16(100_000, [
          { minute: 10, value: 101_000 },
          { minute: 20, value: 0 },
          { minute: 30, value: 500 },
        ]),
        { meter_start_wh: 100_000, energy_wh: null },
      ],
      [
        'T10 the inlet where the outlet was read once',
        session201(
          [
            [
              { minute: 0, value: 7000, ...inlet },
              { minute: 0, value: 0 },
            ],
            [{ minute: 10, value: 9100, ...inlet }],
          ],
          true,
        ),
        { meter_start_wh: 7000, energy_wh: 2100 },
      ],
      [
        'C3 the sum of phases',
        session201([byPhase(0, 100, 200, 300), byPhase(10, 200, 300, 400)], true),
        { meter_start_wh: 600, energy_wh: 300 },
      ],
      ['nothing of no reading', session201([[]], true), { meter_start_wh: null, energy_wh: null }],
    ])('sessions shows, so far, %s', async (_what, said, expected) => {
      const cpId = await views.published(said);
      const stop = expected.energy_wh === null ? null : (expected.meter_start_wh ?? 0) + expected.energy_wh;
      expect(await views.sessions(cpId)).toMatchObject([
        { state: 'active', ended_at: null, energy_reason: '', ...expected, meter_stop_wh: stop },
      ]);
      const spread = Object.values(await views.hours(cpId)).reduce<number>((sum, wh) => sum + Number(wh), 0);
      expect(spread).toBeCloseTo(expected.energy_wh ?? 0, 6);
    });
  });

  describe('converge on the highest revision', () => {
    it('T8 a true end corrects an inferred one, in whatever order they come', async () => {
      const [inOrder, reversed] = [views.station(), views.station()];
      for (const cpId of [inOrder, reversed]) {
        const events = [
          startedEvent({ meterStartWh: 1000, ...heard }, reportedAt(cpId, 0)),
          endedEvent(
            {
              revision: 1,
              endInferred: 'status',
              reason: 'EndLost',
              ...notBilled(10, 'no_end_register'),
              missingSeqNos: [1],
              totalCost: 7,
              ...heard,
              cost: { amount: '7.00', currency: 'EUR' },
            },
            reportedAt(cpId, 10),
          ),
          endedEvent(
            { revision: 2, reason: 'Local', ...billed(60, 1000, 21_000), ...once(20_000, 60) },
            reportedAt(cpId, 60),
          ),
        ];
        for (const event of cpId === inOrder ? events : events.toReversed()) await views.insert(event);
        expect(await views.sessions(cpId)).toMatchObject([
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
        expect(await views.hours(cpId)).toEqual({ [clock(10)]: 20_000 });
      }
    });

    it('T7 a session whose end was found to be that of another runs again, in whatever order events come', async () => {
      const events = (cpId: string) => [
        startedEvent({ meterStartWh: 1000, ...heard }, reportedAt(cpId, 0)),
        endedEvent({ revision: 2, ...notBilled(60, 'register_fell'), ...heard }, reportedAt(cpId, 60)),
        // An update that comes after the end changes nothing of it.
        updatedEvent({ revision: 2, meterStartWh: 1000, ...heard }, reportedAt(cpId, 20)),
        updatedEvent({ revision: 3, meterStartWh: 1000, ...once(734, 30) }, reportedAt(cpId, 30)),
      ];
      const ended = views.station();
      await views.insert(...events(ended).slice(0, 3));
      expect(await views.sessions(ended)).toMatchObject([{ state: 'ended', energy_reason: 'register_fell' }]);
      for (const order of [events, (cpId: string) => events(cpId).toReversed()]) {
        const cpId = views.station();
        for (const event of order(cpId)) await views.insert(event);
        expect(await views.sessions(cpId)).toMatchObject([
          { state: 'active', ended_at: null, energy_wh: 734, energy_reason: '' },
        ]);
      }
    });

    it('shows an end that is inferred as such', async () => {
      const cpId = views.station();
      const end = { revision: 1, endInferred: 'newer_start', ...billed(60, 1000, 4000) };
      await views.insert(endedEvent({ ...end, ...once(3000, 60) }, reportedAt(cpId, 60)));
      expect(await views.sessions(cpId)).toMatchObject([
        { state: 'ended', energy_wh: 3000, end_inferred: 'newer_start' },
      ]);
    });

    it('T13 what is learnt late is in the row of the session', async () => {
      const cpId = views.station();
      await views.insert(
        startedEvent({ idToken: '', evseId: 0, meterStartWh: undefined, ...heard }, reportedAt(cpId, 0)),
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
            ...heard,
          },
          reportedAt(cpId, 1),
        ),
        updatedEvent({ idToken: 'OTHER', evseId: 0, connectorId: 0, ...heard }, reportedAt(cpId, 2)),
      );
      expect(await views.sessions(cpId)).toMatchObject([
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
      const cpId = views.station();
      await views.insert(startedEvent({ meterStartWh: 1000, ...heard }, reportedAt(cpId, 0)));
      const unassigned = {
        transactionId: 'unassigned-1',
        unassignedReason: 'ambiguous',
        ...notBilled(60, 'no_start_register', { meterStopWh: 5000 }),
        ...heard,
      };
      await views.insert(endedEvent(unassigned, reportedAt(cpId, 60)));
      expect(await views.sessions(cpId)).toMatchObject([
        { transaction_id: '1', state: 'active', unassigned_reason: '' },
        { transaction_id: 'unassigned-1', state: 'ended', unassigned_reason: 'ambiguous', energy_wh: null },
      ]);
      await views.insert(
        endedEvent({ ...unassigned, revision: 1, assignedTo: '1' }, reportedAt(cpId, 70)),
        endedEvent({ revision: 1, ...billed(60, 1000, 5000), ...once(4000, 60) }, reportedAt(cpId, 60)),
      );
      expect(await views.sessions(cpId)).toMatchObject([{ transaction_id: '1', state: 'ended', energy_wh: 4000 }]);
      expect(await views.hours(cpId)).toEqual({ [clock(10)]: 4000 });
    });

    it('T7 two sessions of one station id are two rows', async () => {
      const cpId = views.station();
      await views.insert(
        startedEvent({ transactionId: '1', idToken: 'ALICE', meterStartWh: 1000, ...heard }, reportedAt(cpId, 0)),
        endedEvent(
          { transactionId: '1', idToken: 'ALICE', ...billed(2, 1000, 11_000), ...once(10_000, 2) },
          reportedAt(cpId, 2),
        ),
        startedEvent(
          { transactionId: '1~2', stationTransactionId: '1', idToken: 'BOB', ...heard },
          reportedAt(cpId, 60),
        ),
        endedEvent(
          {
            transactionId: '1~2',
            stationTransactionId: '1',
            idToken: 'BOB',
            ...billed(62, 11_000, 16_000),
            startedAt: at(60),
            ...once(5000, 62, 60),
          },
          reportedAt(cpId, 62),
        ),
      );
      expect(await views.sessions(cpId)).toMatchObject([
        { transaction_id: '1', id_token: 'ALICE', energy_wh: 10_000, station_transaction_id: '' },
        { transaction_id: '1~2', id_token: 'BOB', energy_wh: 5000, station_transaction_id: '1' },
      ]);
      expect(await views.hours(cpId)).toEqual({ [clock(10)]: 10_000, [clock(11)]: 5000 });
    });
  });

  describe('quality', () => {
    it('is that of the highest revision, in whatever order events come', async () => {
      const cpId = views.station();
      const flagged = { ...heard, quality: ['clock_skew', 'unit_assumed'], clockSkewSeconds: 372 };
      const events = [
        startedEvent({ revision: 1, ...flagged }, reportedAt(cpId, 0)),
        endedEvent({ revision: 2, ...billed(60, 0, 1), ...flagged }, reportedAt(cpId, 60)),
        endedEvent({ revision: 3, ...billed(60, 0, 1), ...heard, quality: ['corrected'] }, reportedAt(cpId, 60)),
      ];
      for (const event of events.toReversed()) await views.insert(event);
      expect(await views.sessions(cpId)).toMatchObject([{ quality: ['corrected'], clock_skew_seconds: null }]);
    });

    it('of samples: those outside of the bill of their session are shown, once', async () => {
      const cpId = await views.published(session16(1000, [{ minute: 10, value: 1500 }], [60, 2000]));
      const read = (minute: number, value: number) =>
        meterEvent(
          {
            transactionId: '1',
            samples: [{ measurand: 'Energy.Active.Import.Register', unit: 'Wh', value, sampledAt: at(minute) }],
          },
          reportedAt(cpId, minute),
        );
      const signed = { measurand: 'Energy.Active.Import.Register', unit: 'Wh', value: 1.5, sampledAt: at(10) };
      await views.insert(
        read(10, 1500),
        read(20, 99_999_999),
        read(30, 0),
        meterEvent(
          { transactionId: '1', samples: [{ ...signed, signed: true, unitAssumed: true }] },
          reportedAt(cpId, 11),
        ),
      );
      expect(await views.rows('samples_outside_bill', cpId)).toMatchObject([
        { sampled_at: '2026-01-01 10:20:00.000', value: 99_999_999, meter_start_wh: 1000, meter_stop_wh: 2000 },
        { sampled_at: '2026-01-01 10:30:00.000', value: 0 },
      ]);
    });
  });

  describe('session_phases', () => {
    const phases = async (cpId: string) =>
      Object.fromEntries(
        (await views.rows('session_phases', cpId)).map(({ phase, seconds }) => [String(phase), seconds]),
      );

    it('tells charging, suspension and idle time of 2.0.1 from the events of the transaction', async () => {
      const cpId = views.station();
      const update = (minute: number, chargingState: string) =>
        updatedEvent({ chargingState, samples: [], startedAt: at(0), ...heard }, reportedAt(cpId, minute));
      await views.insert(
        startedEvent({ chargingState: '', ...heard }, { ...reportedAt(cpId, 0), protocol: 'ocpp2.0.1' }),
        update(5, 'EVConnected'),
        update(10, 'Charging'),
        update(15, 'Charging'),
        update(30, 'SuspendedEV'),
        update(40, 'Charging'),
        update(50, 'SuspendedEVSE'),
        update(90, 'Charging'),
        endedEvent({ ...billed(60, 0, 1), ...heard }, { ...reportedAt(cpId, 60), protocol: 'ocpp2.0.1' }),
      );
      expect(await phases(cpId)).toEqual({
        null: 300,
        idle: 300,
        charging: 1800,
        suspended_ev: 600,
        suspended_evse: 600,
      });
    });

    it('takes of one moment what was received last, as clocks write whole seconds', async () => {
      const cpId = views.station();
      const about = (recordedMs: number) => ({
        ...reportedAt(cpId, 0),
        protocol: 'ocpp2.0.1',
        recordedAt: new Date(at(0).getTime() + recordedMs),
      });
      await views.insert(
        startedEvent({ chargingState: 'EVConnected', ...heard }, about(100)),
        updatedEvent({ chargingState: 'Charging', samples: [], startedAt: at(0), ...heard }, about(200)),
        endedEvent({ ...billed(60, 0, 1), ...heard }, { ...reportedAt(cpId, 60), protocol: 'ocpp2.0.1' }),
      );
      expect(await phases(cpId)).toEqual({ charging: 3600 });
    });

    it('tells them of 1.6 from the status of the connector, and of no other', async () => {
      const cpId = views.station();
      const status = (minute: number, word: string, evseId = 1) =>
        statusEvent({ status: word, evseId }, reportedAt(cpId, minute));
      await views.insert(
        status(-5, 'Preparing'),
        startedEvent(heard, reportedAt(cpId, 0)),
        status(0, 'Charging'),
        status(10, 'SuspendedEV', 2),
        status(20, 'SuspendedEV'),
        status(45, 'Charging'),
        endedEvent({ ...billed(60, 0, 1), ...heard }, reportedAt(cpId, 60)),
        status(61, 'Finishing'),
      );
      expect(await phases(cpId)).toEqual({ charging: 2100, suspended_ev: 1500 });
    });

    it('say that nothing is known of a session that named none', async () => {
      expect(await phases(await views.published(session16(1000, [], [60, 2000])))).toEqual({ null: 3600 });
    });
  });

  describe('of builds that published no intervals', () => {
    const refile = () => views.again('0044_sessions_of_before.sql');

    it('have one estimated interval, and rows in sessions once they are filed, however often', async () => {
      const cpId = views.station();
      await views.insert(
        startedEvent({ meterStartWh: 1000, revision: 1 }, reportedAt(cpId, 0)),
        endedEvent({ revision: 2, endInferred: 'silence', ...billed(30, 1000, 1500) }, reportedAt(cpId, 30)),
        endedEvent({ revision: 3, ...billed(120, 1000, 5000) }, reportedAt(cpId, 120)),
      );
      expect(await views.hours(cpId)).toEqual({ [clock(10)]: 2000, [clock(11)]: 2000 });
      for (const events of [3, 3]) {
        await refile();
        expect(await views.hours(cpId)).toEqual({ [clock(10)]: 2000, [clock(11)]: 2000 });
        expect(await views.sessions(cpId)).toMatchObject([
          {
            first_heard_at: '2026-01-01 10:00:00.000',
            state: 'ended',
            started_at: '2026-01-01 10:00:00.000',
            id_token: 'TAG1',
            energy_wh: 4000,
            revision: 3,
            events,
          },
        ]);
      }
    });

    it('that ended on a build with intervals are one row', async () => {
      const cpId = views.station();
      await views.insert(startedEvent({ meterStartWh: 1000, revision: 1 }, reportedAt(cpId, 0)));
      await refile();
      const energy = { ...once(4000, 120).energy, firstHeardAt: at(0) };
      await views.insert(endedEvent({ revision: 2, ...billed(120, 1000, 5000), energy }, reportedAt(cpId, 120)));
      await refile();
      expect(await views.sessions(cpId)).toMatchObject([{ state: 'ended', energy_wh: 4000 }]);
      expect(await views.hours(cpId)).toEqual({ [clock(10)]: 2000, [clock(11)]: 2000 });
    });
  });
});
