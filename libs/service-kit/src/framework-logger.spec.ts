import { describe, expect, it } from '@jest/globals';
import { FrameworkLogger } from './framework-logger.ts';
import { createPino, toLogger } from './logger.ts';

describe('FrameworkLogger', () => {
  it("keeps Nest's wiring out of the log and its troubles in it", () => {
    const written: Record<string, unknown>[] = [];
    const destination = { write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>) };
    const logger = new FrameworkLogger(
      toLogger(createPino({ service: 's', pod: 'p', level: 'INFO', json: true, destination })),
    );
    logger.log('Mapped {/health, GET} route', 'RouterExplorer');
    logger.warn('a route is defined twice', 'RouterExplorer');
    logger.error('no such provider', 'Error: at x', 'ExceptionHandler');
    expect(written).toEqual([
      expect.objectContaining({ level: 'warn', msg: 'a route is defined twice', context: 'RouterExplorer' }),
      expect.objectContaining({ level: 'error', context: 'ExceptionHandler', stack: 'Error: at x' }),
    ]);
  });
});
