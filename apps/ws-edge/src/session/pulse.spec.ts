import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Beats } from './beats.ts';
import { Pulse, type PulsePorts } from './pulse.ts';

const options = { pingIntervalMs: 30_000, silentIntervals: 3, heartbeatMs: 300_000 };

describe(Pulse.name, () => {
  let now = 0;
  let isReading = true;
  const did: string[] = [];
  const ports: PulsePorts<undefined> = {
    isPinged: () => true,
    isReading: () => isReading,
    hasToBeat: () => false,
    ping: () => did.push('ping'),
    ignored: () => did.push('ignored'),
    dead: () => did.push('dead'),
  };
  /** The process stands still, or is busy, for so long before each beat. */
  const beats = (times: number, stoodStillMs = 0): void => {
    for (let n = 0; n < times; n += 1) {
      now += options.pingIntervalMs + stoodStillMs;
      jest.advanceTimersByTime(options.pingIntervalMs);
    }
  };

  beforeEach(() => {
    now = 0;
    isReading = true;
    did.length = 0;
    jest.useFakeTimers({ doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('sends a ping at each interval, and finds a silent peer dead after the window', () => {
    const sut = new Pulse(options, new Beats(options.pingIntervalMs), ports, undefined);
    beats(4);
    expect(did).toEqual(['ping', 'ping', 'ping', 'dead']);
    sut.stop();
    beats(2);
    expect(did).toHaveLength(4);
  });

  it('finds nobody dead for a time in which the process stood still', () => {
    const sut = new Pulse(options, new Beats(options.pingIntervalMs), ports, undefined);
    sut.ponged();
    beats(1, 600_000);
    expect(did).toEqual(['ping']);
    beats(3);
    expect(did).toEqual(['ping', 'ping', 'ping', 'dead']);
    sut.stop();
  });

  it('sends nothing and finds nobody dead while reading is paused', () => {
    const sut = new Pulse(options, new Beats(options.pingIntervalMs), ports, undefined);
    isReading = false;
    beats(10);
    expect(did).toEqual([]);
    sut.stop();
  });
});
