import { describe, expect, it } from '@jest/globals';
import { GatewayCalls } from './gateway-calls.ts';
import { recordingOf } from './recording.ts';
import { line, lines } from './testdata/lines.ts';

const { steps } = recordingOf(
  lines(
    line('in', [2, '1', 'Heartbeat', {}]),
    line('out', [2, 'a', 'Reset', { type: 'Soft' }]),
    line('out', [2, 'b', 'Reset', { type: 'Hard' }]),
  ),
);
const [, soft, hard] = steps as [never, (typeof steps)[number], (typeof steps)[number]];

describe('the CALLs of the gateway', () => {
  it('correspond to the recorded ones of their action, in order', () => {
    const calls = new GatewayCalls(steps);
    expect(calls.take('Reset', { type: 'Soft' }).step).toBe(soft);
    expect(calls.take('ClearCache', {}).step).toBeUndefined();
    expect(calls.take('Reset', { type: 'Hard' }).step).toBe(hard);
    expect(calls.take('Reset', { type: 'Soft' }).step).toBeUndefined();
    expect(calls.came).toHaveLength(4);
  });

  it('are waited for until they come', async () => {
    const calls = new GatewayCalls(steps);
    const comes = calls.comes(soft, 60_000);
    calls.take('Reset', {});
    expect(await comes).toBe(true);
    expect(await calls.comes(soft, 0)).toBe(true);
  });

  it('are not expected any more after they were given up', async () => {
    const calls = new GatewayCalls(steps);
    expect(await calls.comes(soft, 0)).toBe(false);
    calls.giveUp(soft);
    expect(calls.take('Reset', {}).step).toBe(hard);
  });
});
