import { describe, expect, it, jest } from '@jest/globals';
import { UsageError, deadLetterDesk } from './dead-letter-desk.ts';
import type { Outbox, OutboxLane, OutboxRow } from './outbox.ts';

const row = (id: string, lane: OutboxLane, destination: string): OutboxRow => ({
  id,
  lane,
  destination,
  cpId: 'CP1',
  eventId: '0190b3a0-0000-7000-8000-000000000001',
  payload: Buffer.from('12345'),
  createdAt: new Date('2026-11-27T08:00:00Z'),
});

function outbox(rows: readonly OutboxRow[], hidden = 0) {
  const inLane = (lane: OutboxLane) => rows.filter((one) => one.lane === lane).length;
  return {
    dead: () => Promise.resolve([...rows]),
    depth: (lane: OutboxLane) =>
      Promise.resolve({ rows: inLane(lane) + (lane === 'kafka-dead' ? hidden : 0), oldestSeconds: 0 }),
    revive: jest.fn<Outbox['revive']>((ids) =>
      Promise.resolve(rows.map(({ id }) => id).filter((id) => ids === 'all' || ids.includes(id))),
    ),
  };
}

const TWO = [row('7', 'kafka-dead', 'cp.meter'), row('9', 'backend-dead', '/api/eveys/sessions/close')];

describe('the desk of the dead lanes', () => {
  it('lists what was refused for good, with what is needed to find out why', async () => {
    expect(await deadLetterDesk([], outbox(TWO))).toBe(
      'outbox: 2 refused for good\n' +
        '  7  kafka-dead  cp.meter  CP1  event 0190b3a0-0000-7000-8000-000000000001  2026-11-27T08:00:00.000Z  5 bytes\n' +
        '  9  backend-dead  /api/eveys/sessions/close  CP1  event 0190b3a0-0000-7000-8000-000000000001  ' +
        '2026-11-27T08:00:00.000Z  5 bytes\n',
    );
    expect(await deadLetterDesk(['list'], outbox([]))).toBe('outbox: 0 refused for good\n');
    expect(await deadLetterDesk(['list'], outbox(TWO, 5))).toMatch(/^outbox: 7 refused.*\nand 5 more\n$/s);
  });

  it('replays all, or those that are named, and says which are not there', async () => {
    expect(await deadLetterDesk(['replay', 'all'], outbox(TWO))).toBe('outbox: 2 back in their lanes: 7 9\n');
    const some = outbox(TWO);
    expect(await deadLetterDesk(['replay', '009', '8'], some)).toBe('outbox: 1 back in their lanes: 9\nnot there: 8\n');
    expect(some.revive).toHaveBeenCalledWith(['9', '8']);
  });

  it.each([[['drop']], [['list', '7']], [['replay']], [['replay', 'all', '7']], [['replay', "7'"]]])(
    'takes no other words: %j',
    async (words) => {
      const untouched = outbox(TWO);
      await expect(deadLetterDesk(words, untouched)).rejects.toBeInstanceOf(UsageError);
      expect(untouched.revive).not.toHaveBeenCalled();
    },
  );
});
