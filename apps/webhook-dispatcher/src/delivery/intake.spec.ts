import { describe, expect, it } from '@jest/globals';
import { UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { PermanentError } from '@ocpp-gw/kafka';
import type { NewDelivery } from '@ocpp-gw/persistence';
import { bootedEvent } from '@ocpp-gw/testing';
import { Subscriptions, type Subscription } from '../subscriptions/subscriptions.ts';
import { Intake } from './intake.ts';

const boot = (facts: Partial<Event> = {}): Event => ({ ...bootedEvent({ vendor: 'V' }), ...facts });

function setUp(): { sut: Intake; rows: NewDelivery[]; woken: string[]; subscriptions: Subscriptions } {
  const rows: NewDelivery[] = [];
  const woken: string[] = [];
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
  const queue = { enqueue: (added: readonly NewDelivery[]) => Promise.resolve(rows.push(...added)) };
  return {
    sut: new Intake({ subscriptions, queue, enqueued: (names) => woken.push(...names) }),
    rows,
    woken,
    subscriptions,
  };
}

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
      enqueued: () => undefined,
    });
    await expect(sut.accept([boot()])).rejects.toEqual(
      permanent ? new PermanentError('postgres refuses the row: no') : refusal,
    );
  });
});
