import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeEvent, eventHeaders, type CommandEnvelope } from '@ocpp-gw/contracts';
import type { InboundCall } from '@ocpp-gw/ocpp-j';
import { connectionEvent } from '@ocpp-gw/testing';
import type { Committed } from '../effects/effects.ts';
import type { HandshakeDecision, UpgradeRequest } from '../handshake/handshake.ts';
import { refuse } from '../handshake/refusal.ts';
import { PROTOCOLS } from '../protocols.ts';
import type { AnsweredCall, Caller } from '../session/caller.ts';
import type { Guards } from '../session/ocpp-server.ts';
import type { Session } from '../session/session.ts';
import { recordSpans, stopRecordingSpans, type RecordedSpan } from '../testdata/recorded-spans.ts';
import { tracedCalls } from './calls.ts';
import { tracedCommands } from './commands.ts';
import { tracedProducer } from './deliveries.ts';
import { tracedEffects } from './effects.ts';
import { tracedGuards } from './handshakes.ts';
import { inCallSpan } from './outbound-call.ts';
import { RemoteStartTraces } from './remote-starts.ts';

const HANDSHAKE = `00-${'a'.repeat(32)}-${'a'.repeat(16)}-01`;
const COMMAND = `00-${'b'.repeat(32)}-${'b'.repeat(16)}-01`;
const protocol = PROTOCOLS.assumed;
const peer = { cpId: 'CP1', protocol, source: '', tolerance: 'lenient', serverPing: true, traceparent: HANDSHAKE };
const caller = { peer, connectionId: 'connection-1', state: {} } as unknown as Caller;
const session = { peer, connectionId: 'connection-1' } as unknown as Session;
const station = { cpId: 'CP1', protocol: 'ocpp1.6' };
const NOTHING: Committed = { outcomes: [], doubtful: [], changed: 0, remoteStarts: [] };

let spans: RecordedSpan[];

beforeEach(() => {
  spans = recordSpans();
});
afterEach(stopRecordingSpans);

const callOf = (action: string): InboundCall => ({ kind: 'call', id: 'm-1', action, payload: {} }) as InboundCall;
const answered = (more: Partial<AnsweredCall>): AnsweredCall => ({
  ...{ frame: '', action: 'Heartbeat', outcome: 'result', deviations: [], effects: [], after: [], fromCache: false },
  ...more,
});

describe('the span of a CALL', () => {
  it('begins a trace, is linked to its handshake, and says what it was about', async () => {
    const effects = [{ kind: 'transactionEnded', transactionId: '7' }] as unknown as AnsweredCall['effects'];
    const answer = tracedCalls(() => Promise.resolve(answered({ effects })));
    const { trace } = await answer(caller, callOf('StopTransaction'), new Date());
    expect(spans).toEqual([
      expect.objectContaining({ kind: 'server', parent: null, links: [HANDSHAKE], failed: null }),
    ]);
    expect(spans[0]?.attributes).toMatchObject({
      ...{ 'rpc.method': 'StopTransaction', 'ocpp.cp_id': 'CP1', 'ocpp.connection_id': 'connection-1' },
      ...{ 'ocpp.message_id': 'm-1', 'ocpp.outcome': 'result', 'ocpp.transaction_id': '7' },
    });
    expect(trace).toEqual({ trace_id: '1', span_id: '1' });
  });

  it('is named by no action that a charge point invents, and fails with the gateway only', async () => {
    const fault = new Error('a fault of ours');
    await tracedCalls(() => Promise.resolve(answered({ outcome: 'NotImplemented' })))(
      caller,
      callOf('Odd'),
      new Date(),
    );
    await tracedCalls(() => Promise.resolve(answered({ outcome: 'InternalError', fault })))(
      caller,
      callOf('Odd'),
      new Date(),
    );
    expect(spans.map(({ name, failed }) => [name.split('/')[1], failed])).toEqual([
      ['unknown', null],
      ['unknown', 'InternalError'],
    ]);
  });
});

describe('the span of a commit', () => {
  it('is within its CALL, and its events carry its context on', async () => {
    const given: (string | undefined)[] = [];
    const effects = tracedEffects(
      {
        commit(_station, _effects, _now, cause) {
          given.push(cause?.traceparent);
          return Promise.resolve(NOTHING);
        },
      },
      new RemoteStartTraces(),
    );
    const answer = tracedCalls(async () => {
      await effects.commit(station, [{ kind: 'stationBooted' }] as never, new Date());
      await effects.commit(station, [], new Date());
      return answered({});
    });
    await answer(caller, callOf('BootNotification'), new Date());
    const [call, commit] = spans;
    expect(spans).toHaveLength(2);
    expect(commit).toMatchObject({ name: 'commit effects', parent: call?.traceparent });
    expect(given).toEqual([commit?.traceparent, undefined]);
  });

  it('is within the command where an answer of the charge point is committed', async () => {
    const effects = tracedEffects({ commit: () => Promise.resolve(NOTHING) }, new RemoteStartTraces());
    await effects.commit(station, [{ kind: 'variablesReported' }] as never, new Date(), { traceparent: COMMAND });
    expect(spans[0]?.parent).toBe(COMMAND);
  });
});

describe('a remote start', () => {
  it('is linked to by the CALL that reports its transaction, once', async () => {
    const remoteStarts = new RemoteStartTraces();
    const command = { kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 5 } as const;
    const envelope = { v: 1, type: 'command', requestId: 'c-1', cpId: 'cp1', deadline: 0, command } as CommandEnvelope;
    const outcome = { kind: 'offline' } as const;
    let passedOn: string | undefined;
    const carryOut = tracedCommands(
      ({ traceparent }) => ((passedOn = traceparent), Promise.resolve({ epoch: 0, outcome })),
      () => session,
      remoteStarts,
    );
    await carryOut({ ...envelope, traceparent: COMMAND });
    const effects = tracedEffects({ commit: () => Promise.resolve({ ...NOTHING, remoteStarts: [5] }) }, remoteStarts);
    const answer = tracedCalls(async () => {
      await effects.commit(station, [{ kind: 'transactionStarted' }] as never, new Date());
      return answered({});
    });
    await answer(caller, callOf('StartTransaction'), new Date());
    await answer(caller, callOf('StartTransaction'), new Date());
    const [carried, start, , again] = spans;
    expect(carried).toMatchObject({ kind: 'consumer', parent: COMMAND, links: [HANDSHAKE] });
    expect(carried?.attributes).toMatchObject({ 'ocpp.command': 'RemoteStart', 'ocpp.outcome': 'offline' });
    expect(passedOn).toBe(carried?.traceparent);
    expect(start?.links).toEqual([HANDSHAKE, carried?.traceparent]);
    expect(again?.links).toEqual([HANDSHAKE]);
  });

  it('is forgotten when too many others came after it', () => {
    const remoteStarts = new RemoteStartTraces();
    for (let id = 0; id <= 10_000; id += 1) remoteStarts.keep('CP1', id, COMMAND);
    expect([remoteStarts.take('cp1', 0), remoteStarts.take('cp1', 1)]).toEqual([undefined, COMMAND]);
  });
});

describe('the span of a CALL of ours', () => {
  it('fails with every outcome but a result', async () => {
    await inCallSpan(session, 'Reset', () => Promise.resolve({ kind: 'result', payload: {} }));
    await inCallSpan(session, 'Reset', () => Promise.resolve({ kind: 'timeout' }));
    expect(spans.map(({ kind, failed }) => [kind, failed])).toEqual([
      ['client', null],
      ['client', 'timeout'],
    ]);
  });
});

describe('the span of a handshake', () => {
  const decide = (decision: HandshakeDecision, target = '/ocpp/CP1'): Promise<HandshakeDecision> =>
    tracedGuards({ handshake: { decide: () => Promise.resolve(decision) } } as unknown as Guards).handshake.decide({
      target,
      source: '192.0.2.1',
    } as UpgradeRequest);

  it('is known to the connection', async () => {
    const admission = { station: { cpId: 'CP1', record: null }, protocol, echo: null, deviations: [] };
    const decision = await decide(admission as unknown as HandshakeDecision);
    expect(decision).toMatchObject({ traceparent: spans[0]?.traceparent });
    expect(spans[0]?.attributes).toMatchObject({
      ...{ 'http.response.status_code': 101, 'ocpp.handshake.outcome': 'accepted', 'ocpp.cp_id': 'CP1' },
    });
  });

  it('names the reason of a refusal, and nothing of a path but the identity', async () => {
    await decide(refuse(401, 'missing_credentials', 'detail'), '/ocpp/hunter2-in-path/CP1?token=hunter2');
    await decide(refuse(503, 'dependency_away', 'detail'));
    expect(spans.map(({ failed }) => failed)).toEqual([null, 'dependency_away']);
    expect(spans[0]?.attributes).toMatchObject({ 'http.response.status_code': 401, 'ocpp.cp_id': 'CP1' });
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });
});

describe('the span of a batch to Kafka', () => {
  const message = (topic: string, traceparent: string) => ({
    ...{ topic, key: 'CP1' },
    value: encodeEvent({ ...connectionEvent({}, { cpId: 'CP1' }), traceparent }),
  });

  it('is linked to what made each event, whose headers stay as they are', async () => {
    const sent: (string | undefined)[] = [];
    const producer = tracedProducer({
      ready: () => Promise.resolve(),
      send: async (messages) => {
        sent.push(...messages.map(({ topic, value }) => eventHeaders(topic, value)['traceparent']));
      },
    });
    await producer.send([message('cp.boot', COMMAND), message('cp.boot', ''), message('cp.meter', HANDSHAKE)]);
    await producer.send([message('cp.boot', COMMAND)]);
    await producer.send([message('cp.boot', '')]);
    expect(sent).toEqual([COMMAND, undefined, HANDSHAKE, COMMAND, undefined]);
    expect(spans.map(({ name, parent, links }) => [name, parent, links])).toEqual([
      ['send {topic}', COMMAND, [COMMAND, HANDSHAKE]],
      ['send cp.boot', COMMAND, [COMMAND]],
    ]);
  });
});
