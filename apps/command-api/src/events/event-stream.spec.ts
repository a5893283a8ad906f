import { describe, expect, it, jest } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import { decodePositions, type Positions } from '@ocpp-gw/kafka';
import { connectionEvent } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { EventStream, type Taken } from './event-stream.ts';
import { ReadEvent, isWanted } from './streamed-event.ts';

const TOPIC = TOPICS.connection;
const LIMITS = { items: 5, bytes: 100_000 };

const event = (partition: number, offset: number, cpId = 'A') =>
  new ReadEvent(TOPIC, partition, offset, connectionEvent({ connectionId: `${partition}/${offset}` }, { cpId }), 10);

function streamFrom(offsets: number[], parts: { cpIds?: string[]; limits?: typeof LIMITS } = {}) {
  const onClosed = jest.fn();
  const positions: Positions = new Map([[TOPIC, [...offsets]]]);
  const wants = isWanted({ cpIds: parts.cpIds ?? [] });
  return { stream: new EventStream({ positions, wants, limits: parts.limits ?? LIMITS, onClosed }), onClosed };
}

const nameOf = (taken: Taken): string =>
  taken.kind === 'event' ? `${taken.read.partition}/${taken.read.offset}` : taken.kind;
const placeOf = (taken: Taken): unknown => (taken.kind === 'end' ? null : decodePositions(taken.id).get(TOPIC));

describe('EventStream', () => {
  it('gives each live event once, with the place after it', async () => {
    const { stream } = streamFrom([3, 0]);
    for (const read of [event(0, 2), event(0, 3), event(1, 0), event(0, 3), event(0, 4)]) stream.live(read);
    const taken = [await stream.take(0), await stream.take(0), await stream.take(0), await stream.take(0)];
    expect(taken.map(nameOf)).toEqual(['0/3', '1/0', '0/4', 'idle']);
    expect(taken.map(placeOf)).toEqual([
      [4, 0],
      [4, 1],
      [5, 1],
      [5, 1],
    ]);
  });

  it('moves past what it does not want, in any letter case', async () => {
    const { stream } = streamFrom([0], { cpIds: ['cp-1'] });
    stream.live(event(0, 0, 'CP-2'));
    stream.livePosition(TOPIC, 0, 7);
    const idle = await stream.take(0);
    expect([nameOf(idle), placeOf(idle)]).toEqual(['idle', [7]]);
    stream.live(event(0, 7, 'CP-1'));
    expect(nameOf(await stream.take(1_000))).toBe('0/7');
  });

  it('wakes its reader for an event, for the end, and after a time without either', async () => {
    const { stream, onClosed } = streamFrom([0]);
    const waiting = stream.take(60_000);
    stream.live(event(0, 0));
    expect(nameOf(await waiting)).toBe('0/0');
    expect(nameOf(await stream.take(5))).toBe('idle');
    const last = stream.take(60_000);
    stream.end();
    stream.end();
    expect(await last).toMatchObject({ kind: 'end', problem: { kind: 'stream-stopped' } });
    expect(onClosed).toHaveBeenCalledTimes(1);
  });

  it('ends when its reader takes too little, and holds nothing then', async () => {
    const { stream, onClosed } = streamFrom([0]);
    for (let offset = 0; offset <= LIMITS.items; offset += 1) stream.live(event(0, offset));
    expect(onClosed).toHaveBeenCalled();
    expect(await stream.take(0)).toMatchObject({ kind: 'end', problem: { kind: 'stream-too-slow' } });
    stream.live(event(0, 99));
    expect((await stream.take(0)).kind).toBe('end');
  });

  it('is waited for once when many events come at once, and again after it has caught up', async () => {
    const { stream } = streamFrom([0]);
    for (let offset = 0; offset < 3; offset += 1) stream.live(event(0, offset));
    expect(stream.isBehind).toBe(true);
    const caughtUp = stream.catchUp(60_000);
    await stream.take(0);
    await caughtUp;
    expect(stream.isBehind).toBe(false);
    stream.live(event(0, 3));
    await stream.catchUp(5);
    expect(stream.isBehind).toBe(false);
    await stream.take(0);
    stream.live(event(0, 4));
    expect(stream.isBehind).toBe(true);
    const ending = stream.catchUp(60_000);
    stream.end();
    await ending;
  });

  it('ends when too much comes while the replay is about to reach it', async () => {
    const { stream } = streamFrom([0]);
    stream.startReplay();
    stream.join();
    for (let offset = 10; offset <= 10 + LIMITS.items; offset += 1) stream.live(event(0, offset));
    expect(await stream.take(0)).toMatchObject({ kind: 'end', problem: { kind: 'stream-too-slow' } });
    expect(await stream.replayed(event(0, 0))).toBeUndefined();
  });

  it('gives each event once and in order, wherever replay and live events meet', async () => {
    const parts = fc.record({
      first: fc.nat(10),
      length: fc.integer({ min: 0, max: 40 }),
      joinAt: fc.nat(40),
      replayTo: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(parts, async ({ first, length, joinAt, replayTo }) => {
        const { stream } = streamFrom([first], { limits: { items: 100, bytes: 1e6 } });
        const end = first + length;
        const join = Math.min(first + joinAt, end);
        stream.startReplay();
        for (let offset = first; offset < join; offset += 1) {
          stream.live(event(0, offset));
          await stream.replayed(event(0, offset));
        }
        stream.join();
        for (let offset = join; offset < end; offset += 1) stream.live(event(0, offset));
        // The replay may read further than it must.
        for (let offset = join; offset < Math.min(join + replayTo, end); offset += 1)
          await stream.replayed(event(0, offset));
        await stream.goLive();
        stream.live(event(0, end));
        const names: string[] = [];
        for (let taken = await stream.take(0); taken.kind === 'event'; taken = await stream.take(0))
          names.push(nameOf(taken));
        expect(names).toEqual(Array.from({ length: length + 1 }, (_, index) => `0/${first + index}`));
      }),
    );
  });
});
