import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { Registry } from 'prom-client';
import { createEdgeMetrics } from '../metrics.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { SessionLog } from './session-log.ts';

function log() {
  const logger = recordingLogger();
  const metrics = createEdgeMetrics(new Registry());
  return { sut: new SessionLog(ocpp16, metrics, logger), logger, metrics };
}

describe(SessionLog.name, () => {
  it('counts a field behaviour each time and names it once, with its number and its circumstance', async () => {
    const { sut, logger, metrics } = log();
    for (let i = 0; i < 3; i++)
      sut.behaviours(['sampled-value-number', 'unknown-unit'], { action: 'MeterValues', requestId: `m${i}` });
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        message: 'field deviation',
        fields: { rule: 'sampled-value-number', behaviour: 14, action: 'MeterValues', requestId: 'm0' },
      },
      {
        level: 'warn',
        message: 'field deviation',
        fields: { rule: 'unknown-unit', behaviour: 13, action: 'MeterValues', requestId: 'm0' },
      },
    ]);
    expect((await metrics.deviations.get()).values.map(({ value }) => value)).toEqual([3, 3]);
  });

  it('counts a state once a connection', async () => {
    const { sut, metrics } = log();
    sut.state('no-pong');
    sut.state('no-pong');
    expect((await metrics.deviations.get()).values.map(({ value }) => value)).toEqual([1]);
  });

  it('shows nothing of a payload, nor of a name that a charger invented', () => {
    const { sut, logger } = log();
    sut.read({ kind: 'call', id: 'm1', action: 'Invented', payload: { idTag: 'SECRET' }, noted: ['byte-order-mark'] });
    expect(JSON.stringify(logger.lines)).not.toMatch(/SECRET|Invented/);
  });
});
