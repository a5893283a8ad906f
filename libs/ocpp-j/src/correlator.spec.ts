import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallCorrelator, type CorrelatorOutput, type OutboundCall } from './correlator.ts';

const call = (id: string, deadline = 100): OutboundCall => ({
  id,
  action: 'Reset',
  payload: { type: 'Soft' },
  deadline,
});
const send = (id: string): CorrelatorOutput => ({ kind: 'send', id, action: 'Reset', payload: { type: 'Soft' } });
const settled = (id: string, settlement: object): unknown => ({ kind: 'settle', id, settlement });

describe(CallCorrelator.name, () => {
  it('sends a CALL at once when none is outstanding', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    expect(sut.submit(call('a'), 0)).toEqual({ status: 'sent-now', outputs: [send('a')] });
  });

  it('queues a CALL behind the outstanding one and sends it when that is answered', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a'), 0);
    expect(sut.submit(call('b'), 0)).toEqual({ status: 'queued', outputs: [] });
    expect(sut.onResult('a', { status: 'Accepted' }, 1)).toEqual([
      settled('a', { kind: 'result', payload: { status: 'Accepted' } }),
      send('b'),
    ]);
  });

  it('passes a CALLERROR on', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a'), 0);
    const error = { code: 'NotSupported', word: 'NotSupported', description: 'no', details: {} } as const;
    expect(sut.onError('a', error, 1)).toEqual([settled('a', { kind: 'callerror', ...error })]);
  });

  it('F3 ends a CALL whose answer cannot be read, and sends the next', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a'), 0);
    sut.submit(call('b'), 0);
    expect(sut.onUnreadable('a', '[3,"a",{', 1)).toEqual([
      settled('a', { kind: 'unreadable', text: '[3,"a",{' }),
      send('b'),
    ]);
    expect(sut.onUnreadable('a', '[3,"a",{', 2)).toEqual([{ kind: 'unmatched', id: 'a' }]);
  });

  it('refuses a CALL beyond the bound of the queue', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a'), 0);
    sut.submit(call('b'), 0);
    expect(sut.submit(call('c'), 0)).toEqual({ status: 'full', outputs: [] });
    expect(sut.queued).toBe(1);
  });

  it('still sends at once with a queue of none', () => {
    const sut = new CallCorrelator({ maxQueued: 0 });
    expect(sut.submit(call('a'), 0).status).toBe('sent-now');
    expect(sut.submit(call('b'), 0).status).toBe('full');
  });

  it('ends the outstanding CALL at its deadline and sends the next', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a', 10), 0);
    sut.submit(call('b', 20), 0);
    expect(sut.tick(9)).toEqual([]);
    expect(sut.tick(10)).toEqual([settled('a', { kind: 'timeout' }), send('b')]);
  });

  it('drops the late answer of a timed-out CALL and does not match it to the next', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a', 10), 0);
    sut.submit(call('b', 20), 0);
    sut.tick(10);
    expect(sut.onResult('a', {}, 11)).toEqual([{ kind: 'unmatched', id: 'a' }]);
    expect(sut.onResult('b', {}, 12)).toEqual([settled('b', { kind: 'result', payload: {} })]);
  });

  it('drops the answer to a CALL that is still in the queue', () => {
    const sut = new CallCorrelator({ maxQueued: 1 });
    sut.submit(call('a'), 0);
    sut.submit(call('b'), 0);
    expect(sut.onResult('b', {}, 1)).toEqual([{ kind: 'unmatched', id: 'b' }]);
  });

  it('expires a queued CALL at its deadline, wherever it stands', () => {
    const sut = new CallCorrelator({ maxQueued: 3 });
    sut.submit(call('a', 100), 0);
    sut.submit(call('b', 50), 0);
    sut.submit(call('c', 20), 0);
    expect(sut.nextDeadline()).toBe(20);
    expect(sut.tick(20)).toEqual([settled('c', { kind: 'expired' })]);
    expect(sut.nextDeadline()).toBe(50);
  });

  it('never sends a CALL whose deadline has passed', () => {
    const sut = new CallCorrelator({ maxQueued: 3 });
    expect(sut.submit(call('a', 5), 5)).toEqual({ status: 'settled', outputs: [settled('a', { kind: 'expired' })] });
    sut.submit(call('b', 100), 5);
    sut.submit(call('c', 20), 5);
    expect(sut.onResult('b', {}, 30)).toEqual([
      settled('b', { kind: 'result', payload: {} }),
      settled('c', { kind: 'expired' }),
    ]);
  });

  it('takes back a CALL in the queue, and no other', () => {
    const sut = new CallCorrelator({ maxQueued: 3 });
    for (const id of ['a', 'b', 'c']) sut.submit(call(id), 0);
    expect(sut.cancel('a')).toEqual([]);
    expect(sut.cancel('b')).toEqual([settled('b', { kind: 'cancelled' })]);
    expect(sut.cancel('b')).toEqual([]);
    expect(sut.onResult('a', {}, 1)).toEqual([settled('a', { kind: 'result', payload: {} }), send('c')]);
  });

  it('holds CALLs back until released', () => {
    const sut = new CallCorrelator({ maxQueued: 3 });
    sut.hold();
    expect(sut.submit(call('a'), 0)).toEqual({ status: 'queued', outputs: [] });
    expect(sut.tick(1)).toEqual([]);
    expect(sut.release(2)).toEqual([send('a')]);
  });

  it('ends everything when the connection ends, telling what was sent', () => {
    const sut = new CallCorrelator({ maxQueued: 3 });
    sut.submit(call('a'), 0);
    sut.submit(call('b'), 0);
    expect(sut.close()).toEqual([
      settled('a', { kind: 'disconnected', sent: true }),
      settled('b', { kind: 'disconnected', sent: false }),
    ]);
    expect(sut.nextDeadline()).toBeNull();
    expect(sut.submit(call('c'), 0).outputs).toEqual([settled('c', { kind: 'disconnected', sent: false })]);
    expect(sut.onResult('a', {}, 1)).toEqual([{ kind: 'unmatched', id: 'a' }]);
  });

  it('keeps at most one CALL outstanding and settles each exactly once, in any interleaving', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), startTimeout: fc.nat(30) }) },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constantFrom('result' as const, 'error' as const), nth: fc.nat(30) }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const), after: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(5), (steps, maxQueued) => {
        const sut = new CallCorrelator({ maxQueued });
        const taken: string[] = [];
        const ended = new Set<string>();
        const sent = new Set<string>();
        let outstanding: string | null = null;
        let now = 0;
        const run = (outputs: readonly CorrelatorOutput[]): void => {
          for (const output of outputs) {
            if (output.kind === 'unmatched') continue;
            if (output.kind === 'send') {
              expect(outstanding).toBeNull();
              expect(sent.has(output.id)).toBe(false);
              outstanding = output.id;
              sent.add(output.id);
            } else {
              expect(ended.has(output.id)).toBe(false);
              ended.add(output.id);
              const { kind } = output.settlement;
              if (kind === 'expired' || kind === 'cancelled') expect(sent.has(output.id)).toBe(false);
              if (kind === 'timeout' || kind === 'result' || kind === 'callerror') expect(outstanding).toBe(output.id);
              if (outstanding === output.id) outstanding = null;
            }
          }
        };
        for (const each of steps) {
          if (each.do === 'submit') {
            const id = `call-${taken.length}`;
            const { status, outputs } = sut.submit(call(id, now + each.startTimeout), now);
            if (status === 'full') expect(outputs).toEqual([]);
            else taken.push(id);
            run(outputs);
          } else if (each.do === 'result') run(sut.onResult(`call-${each.nth}`, {}, now));
          else if (each.do === 'error')
            run(sut.onError(`call-${each.nth}`, { code: 'GenericError', word: '', description: '', details: {} }, now));
          else if (each.do === 'tick') run(sut.tick((now += each.after)));
          else if (each.do === 'cancel') run(sut.cancel(`call-${each.nth}`));
          else if (each.do === 'hold') sut.hold();
          else run(sut.release(now));
          expect(sut.queued).toBeLessThanOrEqual(maxQueued);
        }
        run(sut.close());
        expect([...ended].sort()).toEqual([...taken].sort());
      }),
    );
  });
});
