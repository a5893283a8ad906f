import { jest } from '@jest/globals';

/**
 * Stops the monotonic clock and the timers that go off again and again, by which a session judges whether its peer is
 * alive. {@link passTime} moves them. Everything else goes by the real time, because the sockets are real.
 */
export function stopTime(): void {
  jest.useFakeTimers({
    doNotFake: ['Date', 'clearImmediate', 'clearTimeout', 'nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'],
  });
}

/** The clock goes on by itself again. */
export function startTime(): void {
  jest.useRealTimers();
}

export function passTime(ms: number): void {
  jest.advanceTimersByTime(ms);
}
