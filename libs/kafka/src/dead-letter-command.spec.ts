import { describe, expect, it, jest } from '@jest/globals';
import { UsageError, deadLetterCommand } from './dead-letter-command.ts';
import type { DeadLetter, DeadLetters } from './dead-letter-topics.ts';

const letter = (offset: number): DeadLetter => ({
  id: `clickhouse-ingestor.cp.meter.dlq@${offset}`,
  cpId: 'CP1',
  reason: 'no such column',
  origin: { topic: 'cp.meter', partition: '3', offset: '17' },
  at: new Date('2026-11-27T08:00:00Z'),
  value: Buffer.from('12345'),
  headers: {},
});

function topics(...letters: DeadLetter[]) {
  return {
    each: (visit: (one: DeadLetter) => void) => Promise.resolve(letters.forEach(visit)),
    replay: jest.fn<DeadLetters['replay']>((ids, visit) =>
      Promise.resolve(letters.filter(({ id }) => ids === 'all' || ids.has(id)).forEach(visit)),
    ),
  };
}

async function printed(words: readonly string[], stores: ReturnType<typeof topics>): Promise<string> {
  let text = '';
  await deadLetterCommand(words, stores, (more) => (text += more));
  return text;
}

describe('the stores of the dead-letter topics', () => {
  it('lists what no consumer took, with its origin and the reason', async () => {
    expect(await printed([], topics(letter(4)))).toBe(
      '  clickhouse-ingestor.cp.meter.dlq@4  CP1  from cp.meter/3@17  2026-11-27T08:00:00.000Z  5 bytes  no such column\n' +
        'dead-letter topics: 1 not replayed\n',
    );
    expect(await printed(['list'], topics())).toBe('dead-letter topics: 0 not replayed\n');
    expect(await printed(['list'], topics({ ...letter(4), origin: null }))).toContain('from an unknown place');
  });

  it('replays all, or those that are named, and says which are not there', async () => {
    expect(await printed(['replay', 'all'], topics(letter(4), letter(5)))).toBe(
      '  clickhouse-ingestor.cp.meter.dlq@4 to cp.meter\n' +
        '  clickhouse-ingestor.cp.meter.dlq@5 to cp.meter\n' +
        'dead-letter topics: 2 replayed\n',
    );
    expect(await printed(['replay', letter(5).id, letter(6).id], topics(letter(4), letter(5)))).toBe(
      '  clickhouse-ingestor.cp.meter.dlq@5 to cp.meter\n' +
        'dead-letter topics: 1 replayed\n' +
        'not found, or already replayed: clickhouse-ingestor.cp.meter.dlq@6\n',
    );
  });

  it('names a letter that does not say where it came from, and counts it not', async () => {
    const { id } = letter(4);
    expect(await printed(['replay', id], topics({ ...letter(4), origin: null }))).toBe(
      `  ${id} cannot be replayed, because it does not name the topic that it came from\ndead-letter topics: 0 replayed\n`,
    );
  });

  it.each([[['drop']], [['list', 'all']], [['replay']], [['replay', 'cp.meter@4']], [['replay', 'all', 'all']]])(
    'takes no other words: %j',
    async (words) => {
      const untouched = topics(letter(4));
      await expect(printed(words, untouched)).rejects.toBeInstanceOf(UsageError);
      expect(untouched.replay).not.toHaveBeenCalled();
    },
  );
});
