import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeEvent } from '@ocpp-gw/contracts';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import { DeviationRecorder, OutboxLimit } from '../effects/index.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { ConnectionState } from './connection-state.ts';
import { DeviationLog } from './deviation-log.ts';
import type { Deviation } from './deviation-tally.ts';

const kind: Deviation = { action: 'MeterValues', rule: 'text-for-number', direction: 'request' };
const MINUTE = 60_000;

function connection(cpId: string) {
  const peer = { cpId, protocol: ocpp16, source: '', tolerance: 'lenient' as const, serverPing: true };
  return { connectionId: `of ${cpId}`, peer, state: new ConnectionState('Accepted'), ended: false };
}

describe(DeviationLog.name, () => {
  const logger = recordingLogger();
  let written: OutboxEntry[];
  let failing: Error | null;
  let sut: DeviationLog;

  beforeEach(() => {
    jest.useFakeTimers();
    written = [];
    failing = null;
    const entriesAlone = (entries: readonly OutboxEntry[]): Promise<void> => {
      if (failing) return Promise.reject(failing);
      written.push(...entries);
      return Promise.resolve();
    };
    const limit = new OutboxLimit({ maxRows: 10, logger });
    sut = new DeviationLog(new DeviationRecorder({ commit: { entriesAlone }, limit, pod: 'pod-1' }), logger);
    sut.start();
  });

  afterEach(async () => {
    await sut.stop();
    jest.useRealTimers();
  });

  const events = () => written.map(({ payload }) => decodeEvent(payload));
  const counts = () => events().map(({ payload }) => payload?.$case === 'fieldDeviated' && payload.value.count);

  it('publishes a new kind within seconds, with what the boot said that came behind it', async () => {
    const one = connection('CP-1');
    sut.count(one, { ...kind, action: 'BootNotification' });
    one.state.report({ vendor: 'V', model: 'M', firmwareVersion: '1.2' });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(events()).toMatchObject([
      {
        type: 'cp.deviation',
        cpId: 'CP-1',
        protocol: 'ocpp1.6',
        pod: 'pod-1',
        payload: {
          value: {
            action: 'BootNotification',
            count: 1,
            vendor: 'V',
            model: 'M',
            firmwareVersion: '1.2',
            connectionId: 'of CP-1',
          },
        },
      },
    ]);
  });

  it('makes few events of a charge point that deviates in every message, and counts every one', async () => {
    const one = connection('CP-1');
    for (let minute = 0; minute < 150; minute++) {
      sut.count(one, kind);
      await jest.advanceTimersByTimeAsync(MINUTE);
    }
    one.ended = true;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(counts().length).toBe(4);
    expect(counts().reduce((sum, count) => Number(sum) + Number(count), 0)).toBe(150);
  });

  it('publishes what a connection counted behind its end', async () => {
    const one = { ...connection('CP-1'), ended: true };
    sut.count(one, kind);
    await jest.advanceTimersByTimeAsync(5_000);
    sut.count(one, kind);
    await sut.stop();
    expect(counts()).toEqual([1, 1]);
  });

  it('writes again what could not be written, under the same id, and loses no count', async () => {
    const one = connection('CP-1');
    failing = new Error('Postgres is away');
    sut.count(one, kind);
    await jest.advanceTimersByTimeAsync(5_000);
    sut.count(one, kind);
    one.ended = true;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(written).toEqual([]);
    failing = null;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(counts()).toEqual([1, 1]);
    expect(new Set(written.map(({ eventId }) => eventId)).size).toBe(2);
    expect(logger.lines.some(({ message }) => message === 'deviations of chargers not published yet')).toBe(true);
  });
});
