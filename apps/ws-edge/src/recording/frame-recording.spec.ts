import { describe, expect, it } from '@jest/globals';
import { decodeEvent, type OcppMessage } from '@ocpp-gw/contracts';
import { PermanentError, RetriableError, type OutgoingMessage } from '@ocpp-gw/kafka';
import { parseFrame } from '@ocpp-gw/ocpp-j';
import { ocpp16 as protocol } from '@ocpp-gw/ocpp-v16';
import { eventually } from '@ocpp-gw/testing';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { FrameRecording, type FrameRecordingOptions } from './frame-recording.ts';
import { Recorded } from './recorded.ts';

function setUp(options: Partial<FrameRecordingOptions> & { share?: number; until?: Map<string, Date> } = {}) {
  const sent: OcppMessage[] = [];
  const counts = { published: 0, dropped: 0 };
  const failures: Error[] = [];
  const logger = recordingLogger();
  const sut = new FrameRecording({
    recorded: new Recorded({
      chargePoints: { recordedUntil: async () => options.until ?? new Map() },
      share: options.share ?? 1,
      logger,
    }),
    producer: {
      send: async (messages: readonly OutgoingMessage[]) => {
        const failure = failures.shift();
        if (failure) throw failure;
        for (const { value } of messages) {
          const { payload } = decodeEvent(value);
          if (payload?.$case === 'ocppMessage') sent.push(payload.value);
        }
      },
    },
    pod: 'pod',
    counted: (outcome, frames) => void (counts[outcome] += frames),
    logger,
    ...options,
  });
  const recorder = (cpId = 'CP1') => sut.recorder({ connectionId: `of ${cpId}`, peer: { cpId, protocol } });
  const call = (text: string, of = recorder()) => of.received(text, parseFrame(text, protocol.dialect, 'lenient'));
  return { sut, sent, counts, failures, recorder, call };
}

const heartbeat = (id: number | string): string => `[2,"${id}","Heartbeat",{}]`;

describe(FrameRecording.name, () => {
  it('publishes each frame with its size, its connection and its place', async () => {
    const { sut, sent, counts, recorder, call } = setUp();
    const of = recorder();
    call(heartbeat('é'), of);
    of.sent('[3,"é",{}]');
    await sut.stop();
    expect(sent).toMatchObject([
      { direction: 'in', number: 1, sizeBytes: 23, connectionId: 'of CP1', raw: heartbeat('é') },
      { direction: 'out', number: 2, action: 'Heartbeat', connectionId: 'of CP1' },
    ]);
    expect(counts).toEqual({ published: 2, dropped: 0 });
  });

  it('publishes no secret', async () => {
    const { sut, sent, call } = setUp();
    call('[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"CANARY"}]');
    call('[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"CANARY"}]}');
    await sut.stop();
    expect(sent).toHaveLength(2);
    expect(JSON.stringify(sent)).not.toContain('CANARY');
  });

  it('records the charge points of which it is asked, in any letter case, and no others', async () => {
    const soon = new Date(Date.now() + 60_000);
    const { sut, sent, recorder, call } = setUp({
      share: 0,
      until: new Map([
        ['Cp1', soon],
        ['CP2', new Date(0)],
      ]),
    });
    const early = recorder('CP1');
    call(heartbeat(0), early);
    await sut.start();
    for (const each of [early, recorder('cP1'), recorder('CP2'), recorder('CP3')]) call(heartbeat(1), each);
    await sut.stop();
    expect(sent.map(({ connectionId, number }) => [connectionId, number])).toEqual([
      ['of CP1', 1],
      ['of cP1', 1],
    ]);
  });

  it('records a share of the charge points, always the same', async () => {
    const recorded = async (share: number) => {
      const { sut, sent, recorder, call } = setUp({ share });
      for (let n = 0; n < 1000; n += 1) call(heartbeat(1), recorder(`CP${n}`));
      await sut.stop();
      return sent.map(({ connectionId }) => connectionId);
    };
    const tenth = await recorded(0.1);
    expect(tenth.length).toBeGreaterThan(60);
    expect(tenth.length).toBeLessThan(140);
    expect(await recorded(0.1)).toEqual(tenth);
    expect(await recorded(0.5)).toEqual(expect.arrayContaining(tenth));
    expect([(await recorded(0)).length, (await recorded(1)).length]).toEqual([0, 1000]);
  });

  it('keeps frames while Kafka is away, in order', async () => {
    const { sut, sent, failures, call, recorder } = setUp();
    failures.push(new RetriableError('away'), new RetriableError('away'));
    await sut.start();
    const of = recorder();
    for (let n = 1; n <= 1200; n += 1) call(heartbeat(n), of);
    await eventually(() => sent.length === 1200);
    await sut.stop();
    expect(sent.map(({ number }) => number)).toEqual(Array.from({ length: 1200 }, (_, n) => n + 1));
  });

  it('drops and counts what finds no place, which shows as a gap', async () => {
    const { sut, sent, counts, call, recorder } = setUp({ limits: { frames: 2, characters: 1000 } });
    const of = recorder();
    for (let n = 1; n <= 3; n += 1) call(heartbeat(n), of);
    await sut.stop();
    call(heartbeat(4), of);
    call(`[2,"5","X",{"x":"${'x'.repeat(1000)}"}]`, of);
    await sut.stop();
    expect(sent.map(({ number }) => number)).toEqual([1, 2, 4]);
    expect(counts).toEqual({ published: 3, dropped: 2 });
  });

  it('goes on after frames that Kafka will never take', async () => {
    const { sut, sent, counts, failures, call } = setUp();
    failures.push(new PermanentError('too large'));
    call(heartbeat(1));
    await sut.stop();
    call(heartbeat(2));
    await sut.stop();
    expect([sent.length, counts]).toEqual([1, { published: 1, dropped: 1 }]);
  });

  it('cuts a frame that is too large for a message', async () => {
    const { sut, sent, call } = setUp();
    const text = `[2,"1","X",{"x":"${'x'.repeat(300_000)}"}]`;
    call(text);
    await sut.stop();
    expect(sent).toMatchObject([{ sizeBytes: text.length, raw: text.slice(0, 256 * 1024) }]);
  });
});
