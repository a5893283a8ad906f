import { describe, expect, it } from '@jest/globals';
import { Drain } from './drain.ts';
import type { LogFields, Logger } from './logger.ts';

function recording(): { logger: Logger; lines: [string, LogFields | undefined][] } {
  const lines: [string, LogFields | undefined][] = [];
  const record = (message: string, fields?: LogFields): void => void lines.push([message, fields]);
  const logger: Logger = { debug: record, info: record, warn: record, error: record, child: () => logger };
  return { logger, lines };
}

describe('Drain', () => {
  it('runs the steps in order, past a failing and a late one', async () => {
    const { logger, lines } = recording();
    const drain = new Drain(logger);
    const order: string[] = [];
    drain.step('first', 100, async () => void order.push('first'));
    drain.step('fails', 100, async () => Promise.reject(new Error('no')));
    drain.step('hangs', 20, () => new Promise(() => undefined));
    drain.step('last', 100, async () => void order.push('last'));
    await drain.run();
    expect(order).toEqual(['first', 'last']);
    expect(lines.map(([message, fields]) => [message, fields?.['step']])).toEqual([
      ['drain step done', 'first'],
      ['drain step failed', 'fails'],
      ['drain step missed its deadline', 'hangs'],
      ['drain step done', 'last'],
    ]);
  });

  it('runs once however often it is asked', async () => {
    const drain = new Drain(recording().logger);
    let runs = 0;
    drain.step('count', 100, async () => void (runs += 1));
    await Promise.all([drain.run(), drain.run()]);
    expect(runs).toBe(1);
  });

  it('reports a step that throws before it returns a promise', async () => {
    const { logger, lines } = recording();
    const drain = new Drain(logger);
    drain.step('throws', 100, () => {
      throw new Error('at once');
    });
    await drain.run();
    expect(lines[0]?.[0]).toBe('drain step failed');
  });
});
