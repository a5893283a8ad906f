import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { GatheredLines } from './gathered-lines.ts';

function setUp() {
  const written: string[][] = [];
  const lines = new GatheredLines({
    write: (text) => {
      const messages = text.trim().split('\n');
      written.push(messages.map((line) => (JSON.parse(line) as { msg: string }).msg));
    },
  });
  return { written, lines, logger: pino({ level: 'info' }, lines) };
}

describe(GatheredLines.name, () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('writes the lines of a moment together', () => {
    const { written, logger } = setUp();
    logger.info('one');
    logger.child({ cpId: 'CP1' }).info('two');
    expect(written).toEqual([]);
    jest.advanceTimersByTime(20);
    logger.info('three');
    jest.advanceTimersByTime(20);
    expect(written).toEqual([['one', 'two'], ['three']]);
  });

  it('writes a warning at once, and before it what came before', () => {
    const { written, logger } = setUp();
    logger.info('one');
    logger.warn('two');
    expect(written).toEqual([['one', 'two']]);
  });

  it('keeps no more than it is to keep', () => {
    const { written, logger } = setUp();
    for (let n = 0; n < 700; n += 1) logger.info({ filler: 'x'.repeat(100) }, 'much');
    expect(written.length).toBeGreaterThan(0);
  });

  it('writes what is left when it is asked to, and once', () => {
    const { written, lines, logger } = setUp();
    logger.info('one');
    lines.flush();
    lines.flush();
    jest.advanceTimersByTime(20);
    expect(written).toEqual([['one']]);
  });
});
