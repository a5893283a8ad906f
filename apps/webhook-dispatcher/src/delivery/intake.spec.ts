import { describe, expect, it } from '@jest/globals';
import { UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { PermanentError } from '@ocpp-gw/kafka';
import type { Enqueued, NewDelivery } from '@ocpp-gw/persistence';
import { bootedEvent } from '@ocpp-gw/testing';
import { Subscriptions, type Subscription } from '../subscriptions/subscriptions.ts';
import type { HeldDelivery } from './held-deliveries.ts';
import { Intake } from './intake.ts';

const boot = (facts: Partial<Event> = {}): Event => ({ ...bootedEvent({ vendor: 'V' }), ...facts });

/** `inserted`: what Postgres says of the rows. `holds`: the subscriptions whose rows may be held. */
function setUp(options: { inserted?: (rows: readonly NewDelivery[]) => Enqueued[]; holds?: string[] } = {}) {
  const rows: NewDelivery[] = [];
  const woken: string[] = [];
  const held: [string, HeldDelivery][] = [];
  const one = (name: string, events: string[]): Subscription => ({
    name,
    events,
    url: 'https://a.b',
    secrets: [],
    ordered: true,
    state: 'active',
  });
  const subscriptions = new Subscriptions([
    one('all', ['tx.*', 'cp.*']),
    one('boots', ['cp.boot']),
    one('tx', ['tx.*']),
  ]);
  const enqueue = (added: readonly NewDelivery[]) => {
    rows.push(...added);
    return Promise.resolve((options.inserted ?? inserted)(added));
  };
  const sut = new Intake({
    subscriptions,
    queue: { enqueue },
    holds: (name) => options.holds?.includes(name) ?? false,
    hold: (name, deliveries) => held.push(...deliveries.map((one): [string, HeldDelivery] => [name, one])),
    enqueued: (names) => woken.push(...names),
  });
  return { sut, rows, woken, held, subscriptions };
}

const inserted = (rows: readonly NewDelivery[]): Enqueued[] =>
  rows.map(({ subscription, eventId, heldUntil }, n) => ({
    id: String(n),
    subscription,
    eventId: eventId.toLowerCase(),
    isHeld: heldUntil !== undefined,
  }));

describe('Intake', () => {
  it('makes a row for every subscription that wants the event, and wakes their workers', async () => {
    const { sut, rows, woken } = setUp();
    const event = boot();
    await sut.accept([event]);
    expect(rows).toEqual([
      {
        subscription: 'all',
        eventId: event.id,
        eventType: 'cp.boot',
        cpId: 'CP1',
        body: expect.stringContaining('"vendor":"V"'),
        recordedAt: event.recordedAt,
        ordered: true,
      },
      expect.objectContaining({ subscription: 'boots' }),
    ]);
    expect(woken).toEqual(['all', 'boots']);
  });

  it('makes rows for a disabled subscription too', async () => {
    const { sut, rows, subscriptions } = setUp();
    subscriptions.disable('all');
    await sut.accept([boot()]);
    expect(rows.map((row) => row.subscription)).toEqual(['all', 'boots']);
  });

  it('holds the rows of a subscription that takes them, and leaves the others to claims', async () => {
    const event = boot({ id: '019B796D-D600-7321-BBA6-0B16C110C6FE' });
    const { sut, rows, woken, held } = setUp({ holds: ['all'] });
    await sut.accept([event]);
    expect(held).toEqual([
      ['all', expect.objectContaining({ id: '0', eventId: event.id, attempts: 1, heldUntil: rows[0]?.heldUntil })],
    ]);
    expect(rows.map(({ heldUntil }) => heldUntil !== undefined)).toEqual([true, false]);
    expect(woken).toEqual(['boots']);
  });

  it.each([
    ['was there already', () => []],
    [
      'waits behind one that is tried again',
      (rows: readonly NewDelivery[]) => inserted(rows).map((one) => ({ ...one, isHeld: false })),
    ],
  ])('does not hold a row that %s', async (_, answer) => {
    const { sut, held } = setUp({ holds: ['all', 'boots'], inserted: answer });
    await sut.accept([boot()]);
    expect(held).toEqual([]);
  });

  it('does nothing for an event nobody wants', async () => {
    const { sut, rows, woken } = setUp();
    await sut.accept([boot({ type: 'other' })]);
    expect([rows, woken]).toEqual([[], []]);
  });

  it.each([
    ['an id that is no UUID', { id: 'x' }],
    ['a NUL in the identity', { cpId: 'CP\0' }],
  ])('refuses an event with %s for good', async (_, facts) => {
    const { sut, rows } = setUp();
    await expect(sut.accept([boot(facts)])).rejects.toThrow(UndecodableEventError);
    expect(rows).toEqual([]);
  });

  it.each([
    ['refused for good', 'the value', '22008', true],
    ['waited for', 'to be asked now', '57P01', false],
  ])('is %s when Postgres refuses %s', async (_outcome, _what, code, permanent) => {
    const refusal = Object.assign(new Error('no'), { code });
    const { subscriptions } = setUp();
    const sut = new Intake({
      subscriptions,
      queue: { enqueue: () => Promise.reject(refusal) },
      holds: () => false,
      hold: () => undefined,
      enqueued: () => undefined,
    });
    await expect(sut.accept([boot()])).rejects.toEqual(
      permanent ? new PermanentError('postgres refuses the row: no') : refusal,
    );
  });
});
