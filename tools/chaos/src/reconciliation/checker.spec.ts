import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differences } from './checker.ts';
import type { Acknowledged, ChargerRecords, Delivery, Difference, Kept } from './facts.ts';

/** A charger's whole transaction: 2.0.1 where it numbers its events. */
function session(cpId: string, transactionId: string, beganWh: number, numbered: boolean): Acknowledged[] {
  const number = (seqNo: number): { seqNo?: number } => (numbered ? { seqNo } : {});
  const sample = (wh: number): { at: number; wh: number } => ({ at: 1_700_000_000_000 + wh, wh });
  const begin = { cpId, transactionId };
  return [
    { ...begin, kind: 'started', ...number(0), registerWh: beganWh, samples: numbered ? [sample(beganWh)] : [] },
    { ...begin, kind: numbered ? 'updated' : 'meter', ...number(1), samples: [sample(beganWh + 1)] },
    { ...begin, kind: 'ended', ...number(2), registerWh: beganWh + 2, samples: [sample(beganWh + 2)] },
  ];
}

/** A gateway that has exactly this. */
function faithful(acknowledged: readonly Acknowledged[]): Kept {
  const ends = acknowledged.filter(({ kind }) => kind === 'started' || kind === 'ended');
  const deliveries = ends.map(({ cpId, kind, transactionId }, index): Delivery => {
    return { cpId, kind: kind as Delivery['kind'], transactionId, id: `delivery-${index}` };
  });
  return {
    transactions: acknowledged
      .filter(({ kind }) => kind === 'started')
      .map(({ cpId, transactionId, registerWh = null }) => {
        const end = ends.find(
          (one) => one.kind === 'ended' && one.cpId === cpId && one.transactionId === transactionId,
        );
        const state = end ? 'ended' : 'active';
        return { cpId, transactionId, state, meterStartWh: registerWh, meterLastWh: end?.registerWh ?? registerWh };
      }),
    numbered: acknowledged.flatMap(({ seqNo, ...event }) => (seqNo === undefined ? [] : [{ ...event, seqNo }])),
    published: acknowledged.flatMap(({ seqNo = 0, samples, ...event }, index) => [
      ...(event.kind === 'meter' ? [] : [{ ...event, seqNo, samples: [], id: `event-${index}` }]),
      ...(samples.length === 0
        ? []
        : [{ ...event, kind: 'meter' as const, seqNo: 0, samples, id: `samples-${index}` }]),
    ]),
    events: acknowledged.filter(({ kind }) => kind !== 'meter').map(({ seqNo = 0, ...event }) => ({ ...event, seqNo })),
    samples: acknowledged.flatMap(({ cpId, samples }) => samples.map((sample) => ({ cpId, ...sample }))),
    backend: deliveries,
    webhooks: deliveries,
    undelivered: {},
    offline: [],
  };
}

const recordsOf = (acknowledged: readonly Acknowledged[]): ChargerRecords => ({ acknowledged, complaints: [] });

const sent = [
  ...session('CP1', '7', 100, false),
  ...session('CP1', '8', 200, false),
  ...session('CP2', 'a-b', 100, true),
];

const without = <Item>(items: readonly Item[], index: number): Item[] => items.toSpliced(index, 1);
const twice = <Item>(items: readonly Item[], index: number): Item[] => [...items, items[index] as Item];

describe('differences', () => {
  it('has none when the gateway has everything once', () => {
    expect(differences(recordsOf(sent), faithful(sent))).toEqual([]);
  });

  const kept = faithful(sent);
  const again = (delivery: Delivery | undefined): Delivery => ({ ...(delivery as Delivery), id: 'another id' });
  const cases: [string, Partial<Kept>, Partial<Difference>][] = [
    [
      'a transaction lost from Postgres',
      { transactions: without(kept.transactions, 0) },
      { system: 'Postgres', fault: 'lost', cpId: 'CP1' },
    ],
    [
      'a transaction still open that was closed',
      { transactions: kept.transactions.map((row) => ({ ...row, state: row.cpId === 'CP2' ? 'active' : row.state })) },
      { system: 'Postgres', fault: 'open', cpId: 'CP2' },
    ],
    [
      'a register that is another',
      {
        transactions: kept.transactions.map((row) => ({
          ...row,
          meterLastWh: row.cpId === 'CP2' ? 1 : row.meterLastWh,
        })),
      },
      { system: 'Postgres', fault: 'wrong', cpId: 'CP2' },
    ],
    [
      'one start as two transactions',
      {
        transactions: [
          ...kept.transactions,
          { ...(kept.transactions[0] as Kept['transactions'][number]), transactionId: '9' },
        ],
      },
      { system: 'Postgres', fault: 'doubled', cpId: 'CP1' },
    ],
    [
      'a numbered event lost',
      { numbered: without(kept.numbered, 1) },
      { system: 'Postgres', fault: 'lost', cpId: 'CP2' },
    ],
    [
      'an event that is on no topic',
      { published: without(kept.published, 0) },
      { system: 'Kafka', fault: 'lost', cpId: 'CP1' },
    ],
    [
      'an event published under two ids',
      { published: [...kept.published, { ...(kept.published[0] as Kept['published'][number]), id: 'another id' }] },
      { system: 'Kafka', fault: 'doubled', cpId: 'CP1' },
    ],
    [
      'a topic on which a charger’s events are in another order',
      { published: kept.published.toReversed() },
      { system: 'Kafka', fault: 'order', cpId: 'CP1' },
    ],
    [
      'an event lost on the way to ClickHouse',
      { events: without(kept.events, 0) },
      { system: 'ClickHouse', fault: 'lost', cpId: 'CP1' },
    ],
    ['an event doubled', { events: twice(kept.events, 0) }, { system: 'ClickHouse', fault: 'doubled', cpId: 'CP1' }],
    ['a meter value lost', { samples: without(kept.samples, 0) }, { system: 'ClickHouse', fault: 'lost', cpId: 'CP1' }],
    [
      'a meter value doubled',
      { samples: twice(kept.samples, 0) },
      { system: 'ClickHouse', fault: 'doubled', cpId: 'CP1' },
    ],
    [
      'a session that the backend never heard of',
      { backend: without(kept.backend, 1) },
      { system: 'backend', fault: 'lost', cpId: 'CP1' },
    ],
    [
      'a session published under two keys',
      { backend: [...kept.backend, again(kept.backend[1])] },
      { system: 'backend', fault: 'doubled', cpId: 'CP1' },
    ],
    [
      'a webhook that never came',
      { webhooks: without(kept.webhooks, 5) },
      { system: 'webhooks', fault: 'lost', cpId: 'CP2' },
    ],
    [
      'a charger whose events came in another order',
      { webhooks: kept.webhooks.toReversed() },
      { system: 'webhooks', fault: 'order', cpId: 'CP1' },
    ],
    [
      'a charger that the registry does not know',
      { offline: ['CP2'] },
      { system: 'registry', fault: 'disconnected', cpId: 'CP2' },
    ],
    [
      'rows that nobody delivers',
      { undelivered: { 'outbox rows, lane kafka': 3 } },
      { system: 'Postgres', fault: 'undelivered' },
    ],
  ];

  it.each(cases)('tells of %s', (_, changed, expected) => {
    const found = differences(recordsOf(sent), { ...kept, ...changed });
    expect(found[0]).toMatchObject(expected);
  });

  it("tells of a charger's own complaint", () => {
    const complaints = [{ cpId: 'CP1', kind: 'changed' as const, what: 'another transactionId' }];
    expect(differences({ acknowledged: sent, complaints }, kept)).toEqual([
      { system: 'charger', fault: 'changed', cpId: 'CP1', what: 'another transactionId' },
    ]);
  });

  const sessions = fc
    .array(fc.boolean(), { minLength: 1, maxLength: 8 })
    .map((versions) =>
      versions.flatMap((numbered, index) => session(`CP${index % 3}`, `T${index}`, index * 10, numbered)),
    );

  it('does not miss what was never acknowledged, and minds it only when it is doubled', () => {
    fc.assert(
      fc.property(sessions, fc.nat(), (all, cut) => {
        const acknowledged = all.slice(0, cut % all.length);
        expect(differences(recordsOf(acknowledged), faithful(all))).toEqual([]);
        const { samples } = faithful(all);
        const doubled = differences(recordsOf(acknowledged), {
          ...faithful(all),
          samples: twice(samples, cut % samples.length),
        });
        expect(doubled.map(({ fault }) => fault)).toEqual(['doubled']);
      }),
    );
  });

  it('minds no delivery that comes again, whenever it comes', () => {
    fc.assert(
      fc.property(sessions, fc.array(fc.tuple(fc.nat(), fc.nat())), (all, repetitions) => {
        const { backend } = faithful(all);
        const arrived = [...backend];
        for (const [which, later] of repetitions) {
          const index = which % arrived.length;
          arrived.splice(index + 1 + (later % (arrived.length - index)), 0, arrived[index] as Delivery);
        }
        expect(differences(recordsOf(all), { ...faithful(all), backend: arrived, webhooks: arrived })).toEqual([]);
      }),
    );
  });

  it('minds no order between two topics', () => {
    fc.assert(
      fc.property(sessions, (all) => {
        const { published } = faithful(all);
        const topicByTopic = [...Map.groupBy(published, ({ kind }) => kind).values()].reverse().flat();
        expect(differences(recordsOf(all), { ...faithful(all), published: topicByTopic })).toEqual([]);
      }),
    );
  });

  it('notices each single thing that is lost', () => {
    fc.assert(
      fc.property(
        sessions,
        fc.constantFrom('events', 'samples', 'published', 'backend', 'webhooks', 'transactions'),
        fc.nat(),
        (all, where, which) => {
          const whole = faithful(all);
          const items: readonly unknown[] = whole[where as keyof Kept] as readonly unknown[];
          const found = differences(recordsOf(all), { ...whole, [where]: without(items, which % items.length) });
          expect(found.some(({ fault }) => fault === 'lost')).toBe(true);
        },
      ),
    );
  });
});
