import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { OutboxFullError } from './errors.ts';
import { OutboxLimit } from './outbox-limit.ts';

describe('OutboxLimit', () => {
  it('is reached by what waits for both destinations together, and left again', () => {
    const sut = new OutboxLimit({ maxRows: 10, logger: recordingLogger() });
    expect(() => sut.check()).not.toThrow();
    sut.observe('kafka', 6);
    sut.observe('backend', 3);
    expect(() => sut.check()).not.toThrow();
    sut.observe('backend', 4);
    expect(() => sut.check()).toThrow(OutboxFullError);
    sut.observe('kafka', 0);
    expect(() => sut.check()).not.toThrow();
  });

  it('tells each change once', () => {
    const logger = recordingLogger();
    const sut = new OutboxLimit({ maxRows: 2, logger });
    for (const rows of [1, 2, 3, 1, 0]) sut.observe('kafka', rows);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'outbox is full: chargers hear InternalError until its receivers are back',
      'outbox takes messages again',
    ]);
  });
});
