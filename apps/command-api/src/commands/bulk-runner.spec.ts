import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BulkItemEnd, BulkItemRecord, BulkRecord } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandRecord } from '../testdata/records.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { BulkRunner, type BulkRunnerParts } from './bulk-runner.ts';

const logger = { warn: jest.fn() } as unknown as Logger;
let items: BulkItemRecord[];
let ends: (BulkItemEnd & { position: number })[];
let states: string[];
let starts: number[];
let underWay: number;
let most: number;

const bulk = (facts: Partial<BulkRecord> = {}): BulkRecord => ({
  bulkId: 'bulk-1',
  command: 'reset',
  request: { type: 'Soft' },
  selection: {},
  ratePerS: 200,
  maxFailures: null,
  timeoutS: 5,
  caller: 'ops',
  requestId: 'req-1',
  state: 'running',
  createdAt: new Date(),
  endedAt: null,
  counts: {},
  ...facts,
});

beforeEach(() => {
  items = Array.from({ length: 5 }, (_, n) => ({
    position: n + 1,
    cpId: `CP-${n + 1}`,
    state: 'waiting' as const,
    commandId: null,
    problem: null,
    endedAt: null,
  }));
  ends = [];
  states = [];
  starts = [];
  underWay = 0;
  most = 0;
});

/** `outcome` says how the command to each charge point ends. */
function sut(
  outcome: (cpId: string) => 'accepted' | 'rejected' | ProblemError,
  renew = async () => true,
  end: (asked: number) => Promise<void> = () => sleep(20),
) {
  const keys: string[] = [];
  let lost = false;
  const parts: BulkRunnerParts = {
    bulks: {
      claim: async () => null,
      get: async () => null,
      renew,
      items: async (_id, { state }) => ({ items: items.filter((item) => item.state === state), nextCursor: null }),
      settle: async (_id, position, end) => {
        ends.push({ position, ...end });
        Object.assign(items[position - 1] ?? {}, { state: end.state });
      },
      end: async (_id, state) => states.push(state) > 0,
    },
    commands: {
      get: async (id) => {
        const ended = outcome(id);
        if (ended instanceof ProblemError) return null;
        return lost ? commandRecord({ state: 'sent' }) : commandRecord({ state: ended, endedAt: new Date() });
      },
    },
    typed: {
      start: async (_definition, { cpId, options }) => {
        keys.push(String(options.idempotencyKey));
        starts.push(performance.now());
        const ended = outcome(cpId);
        if (ended instanceof ProblemError) throw ended;
        most = Math.max(most, (underWay += 1));
        lost = false;
        const ending = end(keys.length)
          .catch((error: unknown) => {
            lost = true;
            throw error;
          })
          .finally(() => (underWay -= 1));
        return { commandId: cpId, end: ending as Promise<never> };
      },
    },
    logger,
  };
  return { runner: new BulkRunner(parts), keys };
}

describe('a bulk command', () => {
  it('reaches every charge point with a key of its own, and is done', async () => {
    const { runner, keys } = sut(() => 'accepted');
    await runner.run(bulk());
    expect(keys).toEqual([1, 2, 3, 4, 5].map((n) => `bulk/bulk-1/${n}`));
    expect(ends.map(({ state, commandId }) => [state, commandId])).toEqual(items.map(({ cpId }) => ['accepted', cpId]));
    expect(states).toEqual(['done']);
    expect(most).toBeGreaterThan(1);
  });

  it('keeps to its rate', async () => {
    const { runner } = sut(() => 'accepted');
    const began = performance.now();
    await runner.run(bulk({ ratePerS: 20 }));
    for (const [n, at] of starts.entries()) expect(at - began).toBeGreaterThan(n * 50 - 10);
    expect(starts).toHaveLength(5);
  });

  it('stops when more have failed than may, those of before counted', async () => {
    const { runner, keys } = sut(() => 'rejected');
    await runner.run(bulk({ maxFailures: 2, ratePerS: 20, counts: { timeout: 1, accepted: 4, waiting: 5 } }));
    expect(keys.length).toBeLessThan(5);
    expect(states).toEqual(['stopped']);
  });

  it('asks again with the same key until it is known how a command ends', async () => {
    items = items.slice(0, 1);
    const { runner, keys } = sut(
      () => 'rejected',
      undefined,
      async (asked) => {
        if (asked === 1) throw new ProblemError('answer-lost');
      },
    );
    await runner.run(bulk());
    expect(keys).toEqual(['bulk/bulk-1/1', 'bulk/bulk-1/1']);
    expect(ends).toEqual([{ position: 1, state: 'rejected', commandId: 'CP-1', problem: null }]);
  });

  it('says why a charge point got no command', async () => {
    const { runner } = sut(() => new ProblemError('charge-point-not-found'));
    await runner.run(bulk());
    expect(ends[0]).toEqual({ position: 1, state: 'refused', commandId: null, problem: 'charge-point-not-found' });
  });

  it('is left to another pod when this one stops', async () => {
    const { runner, keys } = sut(() => 'accepted');
    const ran = runner.run(bulk({ ratePerS: 10 }));
    await runner.stop();
    await ran;
    expect(keys.length).toBeLessThan(5);
    expect(states).toEqual([]);
  });
});
