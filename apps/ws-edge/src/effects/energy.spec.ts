import { describe, expect, it } from '@jest/globals';
import { decodeEvent, type EnergyProgress, type Event } from '@ocpp-gw/contracts';
import { bill, normaliseSample, type Effect, type Sample } from '@ocpp-gw/ocpp-j';
import fc from 'fast-check';
import { eventEntries } from './events.ts';
import { DecidedStation } from './testdata/decided.ts';

const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 1, 10, n));
const register = (n: number, value: number, more: Partial<Parameters<typeof normaliseSample>[0]> = {}): Sample =>
  normaliseSample({ at: minute(n), value, unit: 'Wh', ...more });

const place = { transactionId: '42', evseId: 1, connectorId: 1 };
const time = (n: number) => ({ time: { at: minute(n) } });
const started = (n: number, wh: number): Effect => ({
  ...place,
  ...time(n),
  kind: 'transactionStarted',
  samples: [],
  meterStartWh: wh,
  naturalKey: { connectorId: 1, idTag: 'TAG', timestamp: minute(n).toISOString(), meterStart: wh },
});
const stopped = (n: number, wh: number, samples: Sample[] = []): Effect => ({
  ...place,
  ...time(n),
  kind: 'transactionEnded',
  reason: 'Local',
  samples,
  meterStopWh: wh,
});
const readings = (n: number, ...samples: Sample[]): Effect => ({
  ...place,
  ...time(n),
  kind: 'meterValues',
  samples,
});
type Kind = 'transactionStarted' | 'transactionUpdated' | 'transactionEnded';
const event = (kind: Kind, seqNo: number, n: number, samples: Sample[], more: object = {}): Effect =>
  ({ ...place, ...time(n), kind, seqNo, samples, reason: 'Local', ...more }) as Effect;

/** What a station’s effects publish, one after the other. */
class Station {
  readonly sut: DecidedStation;
  readonly events: Event[] = [];
  private received = 0;

  constructor(protocol: string) {
    this.sut = new DecidedStation({ cpId: 'CP-1', protocol });
  }

  take(...effects: Effect[]): this {
    for (const effect of effects) {
      const entry = this.sut.take(effect, new Date(minute(0).getTime() + 86_400_000 + (this.received += 1)));
      this.events.push(...eventEntries(entry, { fresh: true }, 'pod').map(({ payload }) => decodeEvent(payload)));
    }
    return this;
  }

  progress(): { type: string; transactionId: string; energy: EnergyProgress }[] {
    return this.events.flatMap(({ type, payload }) => {
      const value = payload?.value;
      if (!value || !('energy' in value) || !value.energy || value.energy.intervals.length === 0) return [];
      return [{ type, transactionId: value.transactionId, energy: value.energy }];
    });
  }

  steps(): unknown[] {
    return this.progress().map(({ type, energy }) => [
      type,
      ...energy.intervals.flatMap(({ fromWh, toWh, quality }) => [[fromWh, toWh, ...quality]]),
    ]);
  }
}

describe('the energy of a transaction in its events', () => {
  it('1.6: is published by the readings, and by the stop', () => {
    const station = new Station('ocpp1.6').take(
      started(0, 1000),
      readings(15, register(15, 1500)),
      readings(15, register(15, 1500)),
      readings(30, register(30, 2500)),
      stopped(40, 3000),
    );
    expect(station.steps()).toEqual([
      ['cp.meter', [0, 500, 'estimated']],
      ['cp.meter', [500, 1500]],
      ['tx.ended', [1500, 2000]],
    ]);
  });

  it('2.0.1: is published by the events, once each', () => {
    const station = new Station('ocpp2.0.1').take(
      event('transactionStarted', 0, 0, [register(0, 1000)]),
      event('transactionUpdated', 1, 15, [register(15, 1500)]),
      event('transactionUpdated', 1, 15, [register(15, 1500)]),
      event('transactionUpdated', 2, 20, []),
      event('transactionEnded', 3, 40, [register(40, 3000)]),
    );
    expect(station.steps()).toEqual([
      ['tx.updated', [0, 500, 'estimated']],
      ['tx.ended', [500, 2000]],
    ]);
    expect(station.progress().at(-1)?.energy).toMatchObject({ number: 2, energyWh: 2000, reachedAt: minute(40) });
  });

  it('keeps the curve of a stop that brings its readings along, and flags one that brings none', () => {
    const samples = [15, 30, 45].map((n) => register(n, 1000 + n * 10));
    expect(new Station('ocpp1.6').take(started(0, 1000), stopped(60, 2000, samples)).steps()).toEqual([
      ['tx.ended', [0, 150], [150, 300], [300, 450], [450, 1000]],
    ]);
    expect(new Station('ocpp1.6').take(started(0, 1000), stopped(60, 2000)).steps()).toEqual([
      ['tx.ended', [0, 1000, 'estimated']],
    ]);
  });

  it('keeps the curve of phases and of intervals', () => {
    const phases = (n: number, wh: number) => ['L1', 'L2', 'L3'].map((phase) => register(n, wh, { phase }));
    const begin = event('transactionStarted', 0, 0, phases(0, 0));
    const end = event('transactionEnded', 1, 60, [...phases(20, 100), ...phases(40, 150), ...phases(60, 300)]);
    expect(new Station('ocpp2.0.1').take(begin, end).steps()).toEqual([['tx.ended', [0, 300], [300, 450], [450, 900]]]);
    const interval = (n: number, wh: number) => register(n, wh, { measurand: 'Energy.Active.Import.Interval' });
    const intervals = event('transactionEnded', 1, 60, [interval(20, 100), interval(40, 50), interval(60, 200)]);
    expect(new Station('ocpp2.0.1').take(event('transactionStarted', 0, 0, []), intervals).steps()).toEqual([
      ['tx.ended', [0, 100], [100, 150], [150, 350]],
    ]);
  });

  it('A7 makes no interval of a stray reading, and takes back what the end contradicts', () => {
    const station = new Station('ocpp1.6').take(
      started(0, 1000),
      readings(10, register(10, 2000)),
      readings(20, register(20, 99_999_999)),
      readings(30, register(30, 90_000)),
      stopped(40, 5000),
    );
    expect(station.steps()).toEqual([
      ['cp.meter', [0, 1000, 'estimated']],
      ['cp.meter', [1000, 89_000]],
      ['tx.ended', [89_000, 1000, 'corrected'], [1000, 4000, 'corrected']],
    ]);
  });

  it('A9 takes back all once a fall is certain', () => {
    const station = new Station('ocpp1.6').take(
      started(0, 100_000),
      readings(10, register(10, 101_000)),
      readings(20, register(20, 0)),
      stopped(40, 1000),
    );
    const published = station.progress().flatMap(({ energy }) => energy.intervals);
    expect(published.reduce((sum, { fromWh, toWh }) => sum + toWh - fromWh, 0)).toBe(0);
    expect(station.events.at(-1)?.payload?.value).toMatchObject({
      energyWh: undefined,
      energy: { energyWh: undefined, reachedAt: undefined },
    });
  });

  const wh = fc.oneof(fc.integer({ min: 1000, max: 9000 }), fc.constantFrom(0, 99_999_999, 90_000));
  const samplesOf = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 120 }),
      wh,
      fc.constantFrom(
        {},
        {},
        {},
        { location: 'Inlet' },
        { phase: 'L1' },
        { measurand: 'Energy.Active.Import.Interval' },
      ),
    ),
    { maxLength: 4 },
  );
  const message = fc.record({
    what: fc.constantFrom('started', 'reading', 'updated', 'ended', 'boot', 'status'),
    n: fc.integer({ min: 0, max: 120 }),
    seqNo: fc.integer({ min: 0, max: 6 }),
    id: fc.constantFrom('42', '42', '43'),
    evseId: fc.constantFrom(1, 1, 2),
    samples: samplesOf,
    wh,
  });

  it.each(['ocpp1.6', 'ocpp2.0.1'])(
    'adds up to the bill of each transaction, whatever a charger of %s sends',
    (protocol) => {
      fc.assert(
        fc.property(fc.array(message, { maxLength: 14 }), (messages) => {
          const station = new Station(protocol);
          const total = new Map<string, number>();
          let heard = 0;
          for (const { what, n, seqNo, id, evseId, wh: meter, samples: read } of messages) {
            const samples = read.map(([at, value, more]) => register(at, value, more));
            const where = { transactionId: id, evseId, connectorId: 1 };
            const named = protocol !== 'ocpp1.6';
            const own: Effect =
              what === 'boot'
                ? {
                    kind: 'stationBooted',
                    vendor: 'V',
                    model: 'M',
                    registration: { status: 'Accepted', intervalSeconds: 60 },
                  }
                : what === 'status'
                  ? { kind: 'transactionStatusReported', transactionId: id, ongoing: false, messagesInQueue: false }
                  : what === 'reading' && !named
                    ? ({ ...readings(n, ...samples), ...where } as Effect)
                    : what === 'started'
                      ? ({
                          ...(named ? event('transactionStarted', seqNo, n, samples) : started(n, meter)),
                          ...where,
                        } as Effect)
                      : what === 'ended'
                        ? ({
                            ...(named ? event('transactionEnded', seqNo, n, samples) : stopped(n, meter, samples)),
                            ...where,
                          } as Effect)
                        : ({ ...event('transactionUpdated', seqNo, n, samples), ...where } as Effect);
            if (!named && (what === 'updated' || what === 'status')) continue;
            station.take(own);
            for (const { transactionId, energy } of station.progress().slice(heard))
              for (const { fromWh, toWh } of energy.intervals)
                total.set(transactionId, (total.get(transactionId) ?? 0) + toWh - fromWh);
            heard = station.progress().length;
            for (const each of station.sut.ledger.transactions)
              expect([each.transactionId, total.get(each.transactionId) ?? 0]).toEqual([
                each.transactionId,
                expect.closeTo(bill(each).energyWh ?? 0, 2),
              ]);
          }
          for (const [, numbers] of Map.groupBy(station.progress(), ({ transactionId }) => transactionId)) {
            const all = numbers.flatMap(({ energy }) => energy.intervals.map(({ number }) => number));
            expect(all).toEqual(all.map((_, index) => index + 1));
          }
        }),
        { numRuns: 400 },
      );
    },
  );
});
