import { describe, expect, it, jest } from '@jest/globals';
import { UsageError, deadLetterCommand } from './dead-letter-command.ts';
import type { Outbox, OutboxLane, DeadOutboxRow } from './outbox.ts';
import type { DeliveryRecord, WebhookDeliveryLog } from './webhook-delivery-log.ts';

const row = (id: string, lane: OutboxLane, destination: string): DeadOutboxRow => ({
  id,
  lane,
  destination,
  cpId: 'CP1',
  eventId: '0190b3a0-0000-7000-8000-000000000001',
  payload: Buffer.from('12345'),
  createdAt: new Date('2026-11-27T08:00:00Z'),
});

function outbox(rows: readonly DeadOutboxRow[], hidden = 0) {
  const inLane = (lane: OutboxLane) => rows.filter((one) => one.lane === lane).length;
  return {
    dead: () => Promise.resolve([...rows]),
    depth: (lane: OutboxLane) =>
      Promise.resolve({ rows: inLane(lane) + (lane === 'kafka-dead' ? hidden : 0), oldestSeconds: 0 }),
    putBack: jest.fn<Outbox['putBack']>((ids) =>
      Promise.resolve(rows.map(({ id }) => id).filter((id) => ids === 'all' || ids.includes(id))),
    ),
  };
}

const delivery = (id: string): DeliveryRecord => ({
  id,
  subscription: 'billing',
  eventId: '0190b3a0-0000-7000-8000-000000000002',
  eventType: 'a.type',
  cpId: 'CP1',
  body: '{}',
  recordedAt: new Date('2026-11-27T08:00:00Z'),
  createdAt: new Date('2026-11-27T08:00:01Z'),
  attempts: 10,
  lastError: 'answered 500',
  lastStatus: 500,
  state: 'dead',
  nextAttemptAt: new Date('2026-11-27T08:00:01Z'),
  deliveredAt: null,
});

function webhooks(rows: readonly DeliveryRecord[], hidden = 0) {
  return {
    list: () => Promise.resolve({ items: rows.toReversed(), nextCursor: null }),
    depth: () => Promise.resolve({ pending: 3, dead: rows.length + hidden, oldestSeconds: 0 }),
    replay: jest.fn<WebhookDeliveryLog['replay']>((ids) =>
      Promise.resolve(rows.map(({ id }) => id).filter((id) => ids === 'all' || ids.includes(id))),
    ),
  };
}

const TWO = [row('7', 'kafka-dead', 'cp.meter'), row('9', 'backend-dead', '/api/eveys/sessions/close')];
const DELIVERIES = [delivery('11'), delivery('12')];

const refused = (rows = TWO, deliveries = DELIVERIES, hidden = 0) => ({
  outbox: outbox(rows, hidden),
  webhooks: webhooks(deliveries, hidden),
});

describe('the stores of what was refused for good', () => {
  it('lists rows of the outbox and webhooks, with what is needed to find out why', async () => {
    expect(await deadLetterCommand([], refused())).toBe(
      'outbox: 2 refused for good\n' +
        '  7  kafka-dead  cp.meter  CP1  event 0190b3a0-0000-7000-8000-000000000001  2026-11-27T08:00:00.000Z  5 bytes\n' +
        '  9  backend-dead  /api/eveys/sessions/close  CP1  event 0190b3a0-0000-7000-8000-000000000001  ' +
        '2026-11-27T08:00:00.000Z  5 bytes\n' +
        'webhooks: 2 failed for good\n' +
        '  11  billing  a.type  CP1  event 0190b3a0-0000-7000-8000-000000000002  2026-11-27T08:00:01.000Z  10 tries  ' +
        'answered 500\n' +
        '  12  billing  a.type  CP1  event 0190b3a0-0000-7000-8000-000000000002  2026-11-27T08:00:01.000Z  10 tries  ' +
        'answered 500\n',
    );
    expect(await deadLetterCommand(['list'], refused([], []))).toBe(
      'outbox: 0 refused for good\nwebhooks: 0 failed for good\n',
    );
    expect(await deadLetterCommand(['list'], refused(TWO, DELIVERIES, 5))).toMatch(
      /^outbox: 7 refused.*\nand 5 more\nwebhooks: 7 failed for good\nand 5 older\n {2}11 /s,
    );
  });

  it('replays all of the outbox, or the rows that are named, and says which are not there', async () => {
    expect(await deadLetterCommand(['replay', 'outbox', 'all'], refused())).toBe(
      'outbox: 2 to be delivered again: 7 9\n',
    );
    const some = refused();
    expect(await deadLetterCommand(['replay', 'outbox', '009', '8'], some)).toBe(
      'outbox: 1 to be delivered again: 9\nnot found: 8\n',
    );
    expect(some.outbox.putBack).toHaveBeenCalledWith(['9', '8']);
    expect(some.webhooks.replay).not.toHaveBeenCalled();
  });

  it('replays webhooks in the same words', async () => {
    expect(await deadLetterCommand(['replay', 'webhooks', 'all'], refused())).toBe(
      'webhooks: 2 pending again: 11 12\n',
    );
    const some = refused();
    expect(await deadLetterCommand(['replay', 'webhooks', '12', '9'], some)).toBe(
      'webhooks: 1 pending again: 12\nnot found: 9\n',
    );
    expect(some.outbox.putBack).not.toHaveBeenCalled();
  });

  it.each([
    [['drop']],
    [['list', '7']],
    [['replay']],
    [['replay', 'all']],
    [['replay', 'outbox']],
    [['replay', 'webhooks', 'all', '7']],
    [['replay', 'webhooks', "7'"]],
  ])('takes no other words: %j', async (words) => {
    const untouched = refused();
    await expect(deadLetterCommand(words, untouched)).rejects.toBeInstanceOf(UsageError);
    expect(untouched.outbox.putBack).not.toHaveBeenCalled();
    expect(untouched.webhooks.replay).not.toHaveBeenCalled();
  });
});
