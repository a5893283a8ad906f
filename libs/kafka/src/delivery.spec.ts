import { describe, expect, it } from '@jest/globals';
import { encodeEvent } from '@ocpp-gw/contracts';
import { connectionEvent } from '@ocpp-gw/testing';
import fc from 'fast-check';
import type { DecodedBatch, RawMessage } from './decode.ts';
import { deliver, type DeliveryPorts } from './delivery.ts';
import { PermanentError, RetriableError } from './errors.ts';
import type { Logger } from './logger.ts';

const policy = { attempts: 3, firstMs: 10, maxMs: 15 };

function message(name: string, raw?: Uint8Array): RawMessage {
  const event = encodeEvent(connectionEvent({}, { cpId: name }));
  return { topic: 'a.topic', partition: 3, offset: '7', key: name, raw: raw ?? event };
}
const garbage = (name: string) => message(name, Buffer.from('\xff\xff not an event'));

function setUp(
  onBatch: (names: string[]) => void | Promise<void> = () => undefined,
  deadLetter: () => void = () => undefined,
) {
  const taken: string[] = [];
  const dead: string[] = [];
  const waits: number[] = [];
  const stop = new AbortController();
  const ports: DeliveryPorts = {
    onBatch: async ({ messages, topic, partition }: DecodedBatch) => {
      expect([topic, partition]).toEqual(['a.topic', 3]);
      const names = messages.map(({ event }) => event.cpId);
      await onBatch(names);
      taken.push(...names);
    },
    deadLetter: ({ key }, reason) => {
      deadLetter();
      dead.push(`${key}: ${reason}`);
      return Promise.resolve();
    },
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    stopping: stop.signal,
  };
  return { ports, taken, dead, waits, stop };
}

describe('deliver', () => {
  it('hands all messages on at once, decoded', async () => {
    const batches: string[][] = [];
    const { ports } = setUp((names) => void batches.push(names));
    expect(await deliver([message('a'), message('b')], policy, ports)).toBe('taken');
    expect(batches).toEqual([['a', 'b']]);
  });

  it('has nothing to do with no messages', async () => {
    const { ports, taken } = setUp();
    expect(await deliver([], policy, ports)).toBe('taken');
    expect(taken).toEqual([]);
  });

  it('tries again with growing, bounded waits', async () => {
    let failures = 2;
    const { ports, taken, waits } = setUp(() => {
      if ((failures -= 1) >= 0) throw new RetriableError('away');
    });
    expect(await deliver([message('a')], policy, ports)).toBe('taken');
    expect([taken, waits]).toEqual([['a'], [10, 15]]);
  });

  it('asks for the messages again when the tries are used up', async () => {
    const { ports, taken, dead } = setUp(() => {
      throw new Error('a bug, or something away: not known to be permanent');
    });
    expect(await deliver([message('a')], policy, ports)).toBe('later');
    expect([taken, dead]).toEqual([[], []]);
  });

  it('stops trying when the consumer stops', async () => {
    const { ports, stop, waits } = setUp(() => {
      stop.abort();
      throw new RetriableError('away');
    });
    expect(await deliver([message('a')], policy, ports)).toBe('later');
    expect(waits).toEqual([]);
  });

  it('dead-letters what is no event, with the reason, and keeps the order of the rest', async () => {
    const { ports, taken, dead } = setUp();
    expect(await deliver([message('a'), garbage('x'), message('b')], policy, ports)).toBe('taken');
    expect(taken).toEqual(['a', 'b']);
    expect(dead).toEqual([expect.stringContaining('x: not an events.v1.Event')]);
  });

  it('finds the one at fault among many and dead-letters it alone', async () => {
    const { ports, taken, dead } = setUp((names) => {
      if (names.includes('c')) throw new PermanentError('c is at fault');
    });
    expect(
      await deliver(
        ['a', 'b', 'c', 'd', 'e'].map((name) => message(name)),
        policy,
        ports,
      ),
    ).toBe('taken');
    expect([taken, dead]).toEqual([['a', 'b', 'd', 'e'], ['c: c is at fault']]);
  });

  it.each([
    ['reads', garbage('x'), undefined],
    ['takes', message('x'), new PermanentError('x is at fault')],
  ])('drops nothing that nobody %s and no dead-letter topic takes, and says so', async (_, raw, refusal) => {
    const { ports } = setUp(
      () => {
        if (refusal) throw refusal;
      },
      () => {
        throw new PermanentError('kafka refuses the message: too large');
      },
    );
    const logged: unknown[] = [];
    const quiet = () => undefined;
    const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: (...line) => void logged.push(line) };
    expect(await deliver([raw], policy, { ...ports, logger })).toBe('later');
    expect(logged).toEqual([
      [
        'message refused by its dead-letter topic: the partition waits',
        expect.objectContaining({ cpId: 'x', err: new PermanentError('kafka refuses the message: too large') }),
      ],
    ]);
  });

  it('drops nothing when dead letters cannot be written', async () => {
    const { ports } = setUp(undefined, () => {
      throw new RetriableError('kafka away');
    });
    expect(await deliver([garbage('x'), message('a')], policy, ports)).toBe('later');
  });

  it('takes each message exactly once, in order, or dead-letters it, whatever is at fault', async () => {
    const kinds = fc.array(fc.constantFrom('good', 'poison', 'garbage'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(kinds, async (list) => {
        const { ports, taken, dead } = setUp((names) => {
          if (names.some((name) => name.startsWith('poison'))) throw new PermanentError('poison');
        });
        const names = list.map((kind, index) => `${kind}${index}`);
        const messages = names.map((name) => (name.startsWith('garbage') ? garbage(name) : message(name)));
        expect(await deliver(messages, policy, ports)).toBe('taken');
        expect(taken).toEqual(names.filter((name) => name.startsWith('good')));
        expect(dead.map((line) => line.split(':')[0])).toEqual(names.filter((name) => !name.startsWith('good')));
      }),
    );
  });
});
