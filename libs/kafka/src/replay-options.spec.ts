import { describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, TOPICS } from '@ocpp-gw/contracts';
import { UsageError } from './dead-letter-command.ts';
import { readReplayOptions } from './replay-options.ts';

const read = (line: string) => readReplayOptions(line.split(' '));

describe('readReplayOptions', () => {
  it('takes all topics unless some are named, and ends now unless it is said', () => {
    expect(read('--since 2026-11-30T10:00')).toEqual({
      topics: ALL_TOPICS,
      since: Date.UTC(2026, 10, 30, 10),
      until: undefined,
      group: undefined,
    });
    expect(read('--topic tx.ended --topic cp.boot --since 2026-11-30 --until 2026-12-01')).toEqual({
      topics: [TOPICS.transactionEnded, TOPICS.boot],
      since: Date.UTC(2026, 10, 30),
      until: Date.UTC(2026, 11, 1),
      group: undefined,
    });
  });

  it.each([
    ['2026-11-30T10:00', Date.UTC(2026, 10, 30, 10)],
    ['2026-11-30T10:00:01.5', Date.UTC(2026, 10, 30, 10, 0, 1, 500)],
    ['2026-11-30T10:00Z', Date.UTC(2026, 10, 30, 10)],
    ['2026-11-30T10:00+01:00', Date.UTC(2026, 10, 30, 9)],
  ])('reads %s, in UTC unless it says otherwise', (text, time) => {
    expect(read(`--since ${text} --group mine`)).toMatchObject({ since: time, group: 'mine' });
  });

  it.each([
    '--topic tx.ended',
    '--since yesterday',
    '--since 2026-13-01',
    '--since 2026-11-30 --topic tx.end',
    '--since 2026-11-30 --until 2026-12-01 --group mine',
    '--since 2026-11-30 --group webhook-dispatcher',
    '--from 2026-11-30',
  ])('refuses %s', (line) => {
    expect(() => read(line)).toThrow(UsageError);
  });
});
