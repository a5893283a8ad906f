import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { createPino, toLogger, type Logger } from './logger.ts';
import { requestId } from './service-kit.module.ts';
import type { IncomingMessage } from 'node:http';

function capture(level = 'INFO'): { logger: Logger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const pino = createPino({ service: 'ws-edge', pod: 'pod-1', level, json: true, destination });
  return { logger: toLogger(pino), lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('Logger', () => {
  it('writes one JSON object a line with snake_case keys', () => {
    const { logger, lines } = capture();
    logger.child({ cpId: 'CP1' }).info('charger connected', { connectionId: 'c1' });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        service: 'ws-edge',
        cp_id: 'CP1',
        connection_id: 'c1',
        msg: 'charger connected',
      }),
    ]);
  });

  it('keeps to its level', () => {
    const { logger, lines } = capture('WARN');
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines().map((line) => line['msg'])).toEqual(['c', 'd']);
  });

  it('redacts secrets wherever they turn up', () => {
    const { logger, lines } = capture();
    logger.info('x', { password: 'p1', request: { authorization: 'Bearer p2' }, headers: { token: 'p3' } });
    expect(JSON.stringify(lines())).not.toMatch(/p[123]/);
  });

  it('writes an error with its stack', () => {
    const { logger, lines } = capture();
    logger.error('failed', { err: new Error('why') });
    expect(lines()[0]).toMatchObject({ err: { message: 'why', stack: expect.any(String) } });
  });

  it('is readable by people when JSON is off', async () => {
    const stream = new PassThrough();
    const pino = createPino({ service: 's', pod: 'p', level: 'INFO', json: false, destination: stream });
    toLogger(pino).info('charger connected', { cpId: 'CP1' });
    const [chunk] = (await new Promise((resolve) => stream.once('data', (data) => resolve([data])))) as [Buffer];
    expect(chunk.toString()).toMatch(/INFO.*charger connected/);
  });
});

describe('requestId', () => {
  const from = (value?: string): string =>
    requestId({ headers: { 'x-request-id': value } } as unknown as IncomingMessage);

  it("takes the caller's id when it is a sane one", () => {
    expect(from('abc-123')).toBe('abc-123');
  });

  it.each([undefined, '', 'a b', 'x'.repeat(129), 'new\nline'])('makes one for %j', (value) => {
    expect(from(value)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
