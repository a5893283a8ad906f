import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { Registry } from 'prom-client';
import { createEdgeMetrics } from '../metrics.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import type { Deviation } from './deviation-tally.ts';
import { SessionLog } from './session-log.ts';

function log() {
  const logger = recordingLogger();
  const metrics = createEdgeMetrics(new Registry());
  const counted: Deviation[] = [];
  const sut = new SessionLog(
    { peer: { protocol: ocpp16 } },
    metrics,
    logger,
    (_of, deviation) => void counted.push(deviation),
  );
  return { sut, logger, metrics, counted };
}

describe(SessionLog.name, () => {
  it('counts a field behaviour each time and names it once, with its number and its circumstance', async () => {
    const { sut, logger, metrics } = log();
    for (let i = 0; i < 3; i++)
      sut.behaviours(['number-for-text', 'unknown-word-kept'], { action: 'MeterValues', messageId: `m${i}` });
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        message: 'field deviation',
        fields: { rule: 'number-for-text', behaviour: 14, action: 'MeterValues', messageId: 'm0' },
      },
      {
        level: 'warn',
        message: 'field deviation',
        fields: { rule: 'unknown-word-kept', behaviour: 13, action: 'MeterValues', messageId: 'm0' },
      },
    ]);
    expect((await metrics.deviations.get()).values.map(({ value }) => value)).toEqual([3, 3]);
  });

  it('gives each deviation with the message that it was met in', () => {
    const { sut, counted } = log();
    const payload = {};
    sut.read({
      kind: 'call',
      id: 'm1',
      action: 'Heartbeat',
      payload,
      exactly: () => payload,
      noted: ['byte-order-mark'],
    });
    sut.read({
      kind: 'call',
      id: 'm2',
      action: 'Invented',
      payload,
      exactly: () => payload,
      noted: ['byte-order-mark'],
    });
    sut.read({ kind: 'result', id: 'm3', payload, exactly: () => payload, noted: ['byte-order-mark'] });
    sut.state('no-pong');
    sut.unmatched('m4');
    expect(counted).toEqual([
      { action: 'Heartbeat', rule: 'byte-order-mark', direction: 'request' },
      { action: 'unknown', rule: 'byte-order-mark', direction: 'request' },
      { action: '', rule: 'byte-order-mark', direction: 'answer' },
      { action: '', rule: 'no-pong', direction: 'connection' },
      { action: '', rule: 'answer-to-nothing', direction: 'answer' },
    ]);
  });

  it('counts a state once a connection', async () => {
    const { sut, metrics } = log();
    sut.state('no-pong');
    sut.state('no-pong');
    expect((await metrics.deviations.get()).values.map(({ value }) => value)).toEqual([1]);
  });

  it('shows nothing of a payload, nor of a name that a charger invented', () => {
    const { sut, logger } = log();
    const payload = { idTag: 'SECRET' };
    sut.read({
      kind: 'call',
      id: 'm1',
      action: 'Invented',
      payload,
      exactly: () => payload,
      noted: ['byte-order-mark'],
    });
    expect(JSON.stringify(logger.lines)).not.toMatch(/SECRET|Invented/);
  });

  it('tells what was odd where a rule is named, and all that is lost at a limited rate', () => {
    const { sut, logger } = log();
    for (let i = 0; i < 30; i++)
      sut.behaviours(['field-senseless', 'text-for-number'], {
        odd: [
          { rule: 'field-senseless', path: '/reservationId', raw: `"none ${i}"` },
          { rule: 'text-for-number', path: '/connectorId', raw: `"${i}"` },
        ],
      });
    const raw = logger.lines.map(({ fields }) => fields?.['raw']);
    expect(raw.slice(0, 3)).toEqual([
      [{ path: '/reservationId', raw: '"none 0"' }],
      [{ path: '/connectorId', raw: '"0"' }],
      [{ path: '/reservationId', raw: '"none 1"' }],
    ]);
    expect(raw).toHaveLength(12);
  });

  it('S1 logs no action of a megabyte', () => {
    const { sut, logger } = log();
    const action = 'x'.repeat(1e6);
    const refused = { frame: '', action, outcome: 'NotImplemented', deviations: [], effects: [], after: [] } as const;
    sut.handled({ ...refused, fromCache: false }, 'm1', 0);
    expect(JSON.stringify(logger.lines).length).toBeLessThan(500);
  });
});
