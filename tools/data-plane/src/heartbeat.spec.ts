import { describe, expect, it, jest } from '@jest/globals';

import { withHeartbeat } from './heartbeat.ts';

describe('withHeartbeat', () => {
  it('announces the step and repeats itself while it lasts', async () => {
    jest.useFakeTimers();
    const heard: string[] = [];
    let finish: (value: string) => void = () => undefined;
    const done = withHeartbeat(
      (message) => heard.push(message),
      'downloading',
      () => new Promise<string>((resolve) => (finish = resolve)),
    );
    jest.advanceTimersByTime(10_000);
    finish('done');
    expect(await done).toBe('done');
    jest.advanceTimersByTime(10_000);
    jest.useRealTimers();
    expect(heard).toEqual(['downloading', 'downloading, 5 s so far', 'downloading, 10 s so far']);
  });
});
