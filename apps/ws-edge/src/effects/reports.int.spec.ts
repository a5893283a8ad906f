import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS } from '@ocpp-gw/contracts';
import type { ReportPartEffect, ReportRequestedEffect } from '@ocpp-gw/ocpp-j';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const later = new Date('2026-04-01T11:00:00Z');

type Effect = ReportRequestedEffect | ReportPartEffect;

describe('reports in parts, on Postgres', () => {
  const station = effectsOnPostgres('effects-reports', { protocol: 'ocpp2.0.1' });
  const commitAt = (when: Date, ...effects: Effect[]) => station.commitAt(when, ...effects);
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  /** Takes the completions that the outbox holds for the station. */
  const published = async () => {
    const own = await station.published();
    expect(own.every(({ topic }) => topic === TOPICS.report)).toBe(true);
    return own.map(({ event }) => event.payload?.value);
  };
  const reports = () =>
    sqlOf(station.database).query(
      `SELECT report, state, last_seq_no AS last, requested_at AS requested, completed_at AS completed
       FROM reports WHERE cp_id = $1 ORDER BY report`,
      [station.cpId],
    );
  const items = async () => {
    const parts = await sqlOf(station.database).query<{ items: unknown[] }>(
      'SELECT items FROM report_parts WHERE cp_id = $1 ORDER BY report, seq_no',
      [station.cpId],
    );
    return parts.flatMap((part) => part.items);
  };

  const requested = (difference: Partial<ReportRequestedEffect> = {}): ReportRequestedEffect => ({
    kind: 'reportRequested',
    report: 'DeviceModel',
    requestId: 7,
    empty: false,
    ...difference,
  });
  const part = (seqNo: number, last = false, difference: Partial<ReportPartEffect> = {}): ReportPartEffect => ({
    kind: 'reportPart',
    report: 'DeviceModel',
    requestId: 7,
    seqNo,
    last,
    items: [`item ${seqNo}`],
    time: { at: now },
    ...difference,
  });
  const unnumbered = (item: string, last = false): ReportPartEffect => {
    const { seqNo: _, ...rest } = part(0, last, { report: 'ChargingProfiles', items: [item] });
    return rest;
  };

  it('are complete, and published once, when the last part and all before it are there (OCPP 2.0.1 B07)', async () => {
    await commit(requested());
    await commit(part(0));
    await commit(part(2, true));
    expect(await reports()).toEqual([
      { report: 'DeviceModel', state: 'collecting', last: 2, requested: now, completed: null },
    ]);
    expect(await published()).toEqual([]);
    await commitAt(later, part(1));
    expect(await reports()).toEqual([
      { report: 'DeviceModel', state: 'complete', last: 2, requested: now, completed: later },
    ]);
    expect(await published()).toEqual([{ report: 'DeviceModel', ocppRequestId: 7, parts: 3 }]);
    expect(await items()).toEqual(['item 0', 'item 1', 'item 2']);
  });

  it('are one report when they come last first, each made later than the one before', async () => {
    await commit(requested());
    const madeAt = (second: number) => ({ time: { at: new Date(now.getTime() - 60_000 + second * 1000) } });
    for (const one of [part(2, true, madeAt(1)), part(1, false, madeAt(2)), part(0, false, madeAt(3))])
      await commit(one);
    expect(await reports()).toMatchObject([{ state: 'complete', last: 2 }]);
    expect(await items()).toEqual(['item 0', 'item 1', 'item 2']);
  });

  it('do not change by a part that is repeated', async () => {
    await commit(requested(), part(0), part(1, true));
    await published();
    const touched = () => sqlOf(station.database).query('SELECT * FROM reports WHERE cp_id = $1', [station.cpId]);
    const before = await touched();
    for (const one of [part(0), part(1, true)]) await commitAt(later, { ...one, time: { at: later } });
    expect(await touched()).toEqual(before);
    expect(await items()).toEqual(['item 0', 'item 1']);
    expect(await published()).toEqual([]);
  });

  it('take a part that says otherwise under the same number instead of the first', async () => {
    await commit(requested(), part(0), part(0, false, { items: ['corrected', 1] }), part(1, true));
    expect(await items()).toEqual(['corrected', 1, 'item 1']);
    expect(await published()).toEqual([{ report: 'DeviceModel', ocppRequestId: 7, parts: 2 }]);
  });

  it('find their request when their parts came before its answer', async () => {
    await commit(part(0));
    await commit(requested());
    await commit(part(1, true));
    expect(await reports()).toMatchObject([{ state: 'complete', requested: now }]);
    expect(await items()).toEqual(['item 0', 'item 1']);
    expect(await published()).toHaveLength(1);
  });

  it('that were over before the answer to their request came stay complete, and are published once', async () => {
    await commit(part(0, true));
    await commit(requested());
    expect(await reports()).toMatchObject([{ state: 'complete', requested: now, completed: now }]);
    expect(await published()).toHaveLength(1);
  });

  it('start over when their id is used again', async () => {
    await commit(requested(), part(0), part(1, true));
    await commitAt(later, requested());
    expect(await reports()).toEqual([
      { report: 'DeviceModel', state: 'collecting', last: null, requested: later, completed: null },
    ]);
    expect(await items()).toEqual([]);
    await commitAt(later, part(0, true, { items: ['new'] }));
    expect(await items()).toEqual(['new']);
    expect(await published()).toEqual([
      { report: 'DeviceModel', ocppRequestId: 7, parts: 2 },
      { report: 'DeviceModel', ocppRequestId: 7, parts: 1 },
    ]);
  });

  describe('F27 under an id that is used again', () => {
    const at = (minutes: number): Date => new Date(now.getTime() - 3_600_000 + minutes * 60_000);
    const old = (seqNo: number, last = false, report: ReportPartEffect['report'] = 'DeviceModel') =>
      part(seqNo, last, { report, items: [`old ${seqNo}`], time: { at: at(seqNo) } });
    const fresh = (seqNo: number, last = false, report: ReportPartEffect['report'] = 'DeviceModel') =>
      part(seqNo, last, { report, items: [`new ${seqNo}`], time: { at: at(30 + seqNo) } });
    const wholeOld = (report?: ReportPartEffect['report']) => [
      requested(report && { report }),
      old(0, false, report),
      old(1, false, report),
      old(2, true, report),
    ];

    it.each(['DeviceModel', 'Monitoring', 'CustomerInformation'] as const)(
      'are the new report of %s alone, whether the answer comes before its parts, between them or after them',
      async (report) => {
        const parts = [fresh(0, false, report), fresh(1, true, report)];
        for (let position = 0; position <= parts.length; position += 1) {
          station.another();
          await commit(...wholeOld(report));
          await published();
          for (const effect of parts.toSpliced(position, 0, requested({ report }) as never))
            await commitAt(later, effect);
          expect([position, await items()]).toEqual([position, ['new 0', 'new 1']]);
          expect(await reports()).toMatchObject([{ report, state: 'complete', last: 1, requested: later }]);
          expect(await published()).toEqual([{ report, ocppRequestId: 7, parts: 2 }]);
        }
      },
    );

    it('leave nothing behind of an old report that comes late: before, among and after the new parts', async () => {
      const late = [old(1), old(2), old(3, true)];
      for (let position = 0; position <= 3; position += 1) {
        station.another();
        await commit(requested(), old(0));
        await commit(requested());
        const arriving: ReportPartEffect[] = [fresh(0), fresh(1), fresh(2, true)];
        for (const effect of arriving.toSpliced(position, 0, ...late)) await commitAt(later, effect);
        expect([position, await items()]).toEqual([position, ['new 0', 'new 1', 'new 2']]);
        expect(await reports()).toMatchObject([{ state: 'complete', last: 2 }]);
      }
    });

    it('are the new report where the station has no clock that could tell which is newer', async () => {
      const timeless = (effect: ReportPartEffect): ReportPartEffect => ({ ...effect, time: { at: now } });
      await commit(...wholeOld().map((effect) => (effect.kind === 'reportPart' ? timeless(effect) : effect)));
      await published();
      await commit(timeless(fresh(0, true)));
      expect(await items()).toEqual(['new 0']);
      expect(await published()).toEqual([{ report: 'DeviceModel', ocppRequestId: 7, parts: 1 }]);
      // Late ones of a report that was longer.
      await commit(timeless(old(2, true)));
      expect(await items()).toEqual(['new 0']);
      expect(await reports()).toMatchObject([{ state: 'complete', last: 0 }]);
    });

    it('are the new report where it grew by a part, which was reported unasked', async () => {
      await commit(...wholeOld());
      const known = [old(0), old(1)].map((effect) => ({ ...effect, time: { at: at(40) } }));
      for (const effect of [...known, fresh(2), fresh(3, true)]) await commitAt(later, effect);
      expect(await items()).toEqual(['old 0', 'old 1', 'new 2', 'new 3']);
      expect(await reports()).toMatchObject([{ state: 'complete', last: 3, requested: null }]);
    });

    it('are the new report of parts without numbers', async () => {
      await commit(requested({ report: 'ChargingProfiles' }));
      await commit(unnumbered('a'));
      await commit(unnumbered('b', true));
      await published();
      await commitAt(later, unnumbered('c', true));
      await commitAt(later, requested({ report: 'ChargingProfiles' }));
      expect(await items()).toEqual(['c']);
      expect(await reports()).toMatchObject([{ state: 'complete', requested: later }]);
      expect(await published()).toEqual([{ report: 'ChargingProfiles', ocppRequestId: 7, parts: 1 }]);
    });
  });

  it('that came unasked long before are of another request', async () => {
    await commit(part(0, true));
    await commitAt(later, requested());
    expect(await reports()).toMatchObject([{ state: 'collecting', requested: later }]);
    expect(await items()).toEqual([]);
  });

  it('with nothing to report are complete at once', async () => {
    await commit(requested({ report: 'ChargingProfiles', empty: true }));
    expect(await reports()).toMatchObject([{ state: 'complete', last: null, completed: now }]);
    expect(await published()).toEqual([{ report: 'ChargingProfiles', ocppRequestId: 7, parts: 0 }]);
  });

  it('of two kinds under one id do not mix', async () => {
    await commit(requested(), requested({ report: 'Monitoring' }));
    await commit(part(0, true), part(0, false, { report: 'Monitoring' }));
    expect(await reports()).toMatchObject([{ state: 'complete' }, { report: 'Monitoring', state: 'collecting' }]);
    expect(await published()).toHaveLength(1);
  });

  it('without numbers are complete when the last part came, a repetition known by its content (OCPP 2.0.1 K09)', async () => {
    await commit(requested({ report: 'ChargingProfiles' }));
    for (const one of ['a', 'b', 'a', 'b']) await commit(unnumbered(one));
    expect(await reports()).toMatchObject([{ state: 'collecting' }]);
    await commit(unnumbered('c', true));
    await commit(unnumbered('c', true), unnumbered('a'));
    expect(await reports()).toMatchObject([{ state: 'complete', last: null }]);
    expect(await items()).toEqual(['a', 'b', 'c']);
    expect(await published()).toEqual([{ report: 'ChargingProfiles', ocppRequestId: 7, parts: 3 }]);
  });

  it('end in the same rows, and are published once, whatever the order and repetition of their parts', async () => {
    const scenario = fc.integer({ min: 1, max: 5 }).chain((count) => {
      const effects: Effect[] = [
        requested(),
        ...Array.from({ length: count }, (_, index) => part(index, index === count - 1)),
      ];
      return fc
        .shuffledSubarray([...effects, ...effects.slice(1)], { minLength: effects.length })
        .map((some) => ({ count, deliveries: [...some, ...effects.filter((effect) => !some.includes(effect))] }));
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ count, deliveries }) => {
        station.another();
        for (const effect of deliveries) await commit(effect);
        expect(await reports()).toMatchObject([{ state: 'complete', last: count - 1, requested: now }]);
        expect(await items()).toEqual(Array.from({ length: count }, (_, index) => `item ${index}`));
        expect(await published()).toEqual([{ report: 'DeviceModel', ocppRequestId: 7, parts: count }]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
