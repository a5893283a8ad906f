import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseSample } from '../sample.ts';
import { billOf } from './bill.ts';
import { EMPTY_BOOK } from './book.ts';
import { mergeRegisters } from './merge.ts';
import { readRegisters, type RegisterMessage } from './read.ts';

const sample = fc
  .record({
    minute: fc.integer({ min: 0, max: 40 }),
    value: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(0, 99_999_999, 12.3)),
    measurand: fc.constantFrom('Energy.Active.Import.Register', 'Energy.Active.Import.Interval'),
    phase: fc.constantFrom(undefined, undefined, 'L1', 'L2-N'),
    location: fc.constantFrom('Outlet', 'Outlet', 'Inlet', 'Moon', 'Sun', 'a', 'b', 'c'),
    context: fc.constantFrom('Transaction.Begin', 'Transaction.End', 'Sample.Periodic', 'Sample.Clock'),
    unit: fc.constantFrom('Wh', 'kWh', undefined),
    signed: fc.boolean(),
  })
  .map(({ minute, ...raw }) => normaliseSample({ ...raw, at: new Date(minute * 60_000) }));

const message = (samples: fc.Arbitrary<ReturnType<typeof normaliseSample>>): fc.Arbitrary<RegisterMessage> =>
  fc.record(
    {
      role: fc.constantFrom('started', 'updated', 'ended', 'reading'),
      samples: fc.array(samples, { maxLength: 8 }),
      meterStartWh: fc.integer({ min: -1, max: 50 }),
      meterStopWh: fc.integer({ min: -1, max: 50 }),
      at: fc.integer({ min: 0, max: 40 }).map((minute) => new Date(minute * 60_000)),
    },
    { requiredKeys: ['role', 'samples', 'at'] },
  );

const anything = fc.array(message(sample), { maxLength: 12 });
/** Long enough for what a book keeps to overflow. */
const intervals = fc.array(
  fc.integer({ min: 0, max: 600 }).map((minute) => {
    const raw = { at: new Date(minute * 60_000), value: minute % 7, measurand: 'Energy.Active.Import.Interval' };
    return { role: 'updated' as const, samples: [normaliseSample(raw)], at: raw.at };
  }),
  { minLength: 200, maxLength: 900, size: 'max' },
);

const bookOf = (messages: readonly RegisterMessage[]) => messages.map(readRegisters).reduce(mergeRegisters, EMPTY_BOOK);
const cut = (messages: fc.Arbitrary<RegisterMessage[]>) => fc.tuple(messages, messages, messages);

describe('mergeRegisters', () => {
  it.each([
    ['anything', cut(anything), 200],
    ['more intervals than are kept', cut(intervals), 10],
  ])('gives the same book in any order, grouping and repetition: %s', (_what, groups, numRuns) => {
    fc.assert(
      fc.property(groups, (reported) => {
        const [a, b, c] = reported.map(bookOf) as [
          ReturnType<typeof bookOf>,
          ReturnType<typeof bookOf>,
          ReturnType<typeof bookOf>,
        ];
        const whole = mergeRegisters(mergeRegisters(a, b), c);
        expect(mergeRegisters(a, mergeRegisters(b, c))).toEqual(whole);
        expect(mergeRegisters(c, mergeRegisters(b, a))).toEqual(whole);
        expect(mergeRegisters(whole, b)).toEqual(whole);
        expect(mergeRegisters(whole, whole)).toEqual(whole);
        expect(mergeRegisters(EMPTY_BOOK, whole)).toEqual(whole);
        expect(bookOf(reported.flat().toReversed())).toEqual(whole);
      }),
      { numRuns },
    );
  });

  it('survives JSON', () => {
    fc.assert(
      fc.property(anything, (messages) => {
        const book = bookOf(messages);
        expect(JSON.parse(JSON.stringify(book))).toEqual(book);
      }),
    );
  });

  it('stays small, whatever a charger tells', () => {
    const many = fc.array(message(sample), { minLength: 100, maxLength: 200 });
    fc.assert(
      fc.property(many, (messages) => expect(JSON.stringify(bookOf(messages)).length).toBeLessThan(12_000)),
      { numRuns: 20 },
    );
  });
});

describe('billOf', () => {
  it('gives energy or a reason, never both, and none below 0', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (messages, ended) => {
        const { energyWh, reason, meterStartWh, meterStopWh } = billOf(bookOf(messages), { ended });
        expect(energyWh === null).toBe(reason !== null);
        expect(energyWh ?? 0).toBeGreaterThanOrEqual(0);
        if (energyWh !== null && meterStartWh !== null && meterStopWh !== null)
          expect(energyWh).toBeCloseTo(meterStopWh - meterStartWh, 3);
      }),
      { numRuns: 500 },
    );
  });

  it('bills what an honest register says, with one stray reading anywhere between its ends, reported or not', () => {
    const honest = fc.record({
      deltas: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 8, maxLength: 20 }),
      stray: fc.constantFrom(0, 99_999_999),
      place: fc.integer({ min: 2, max: 6 }),
      reported: fc.boolean(),
    });
    fc.assert(
      fc.property(honest, ({ deltas, stray, place, reported }) => {
        let wh = 2_000_000;
        const readings = deltas.map((delta, i) => [i, (wh += delta)] as const);
        const messages = readings.map(([i, value], position): RegisterMessage => {
          const at = new Date(i * 900_000);
          const role = !reported
            ? 'updated'
            : position === 0
              ? 'started'
              : position === readings.length - 1
                ? 'ended'
                : 'updated';
          return { role, at, samples: [normaliseSample({ at, value: position === place ? stray : value })] };
        });
        const [first, last] = [readings[0], readings.at(-1)];
        const expected = (last?.[1] ?? 0) - (first?.[1] ?? 0);
        expect(billOf(bookOf(messages), { ended: true })).toMatchObject({ energyWh: expected, reason: null });
      }),
    );
  });
});
