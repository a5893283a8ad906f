import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CallError } from '../errors.ts';
import { FakeCsms } from '../testdata/fake-csms.ts';
import { type PlayOptions, Player } from './player.ts';
import { recordingOf } from './recording.ts';
import { type Line, line, lines } from './testdata/lines.ts';

let csms: FakeCsms;

beforeEach(async () => {
  csms = await FakeCsms.start('1.6');
});

afterEach(() => {
  csms.stop();
  expect(csms.violations).toEqual([]);
});

const NOW = '2026-11-01T10:00:00.000Z';
const boot = (id: string, connectionId = 'c1'): Line[] => [
  line('in', [2, id, 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }], { connectionId }),
  line('out', [3, id, { status: 'Accepted', currentTime: NOW, interval: 60 }], { connectionId }),
];
const start = (idTag = 'TAG') => [
  line('in', [2, '2', 'StartTransaction', { connectorId: 1, idTag, meterStart: 5, timestamp: NOW }]),
  line('out', [3, '2', { transactionId: 1700, idTagInfo: { status: 'Accepted' } }]),
];
const stop = [
  line('in', [2, '3', 'StopTransaction', { transactionId: 1700, meterStop: 9, timestamp: NOW }]),
  line('out', [3, '3', {}]),
];
const reset = [line('out', [2, 'a', 'Reset', { type: 'Soft' }]), line('in', [3, 'a', { status: 'Rejected' }])];

const play = (all: readonly Line[], options: Partial<PlayOptions> = {}) =>
  new Player(recordingOf(lines(...all)), {
    ...{ url: csms.url, cpId: 'AGAIN', callTimeoutMs: 5000, waitMs: 20, shiftMs: 0 },
    ...options,
  }).play();

describe('a replay', () => {
  it('sends what was recorded under another identity, with the numbers of now, and finds no difference', async () => {
    const outcome = await play([...boot('1'), ...start(), ...stop]);
    expect(outcome).toMatchObject({ cpId: 'AGAIN', version: '1.6', differences: [], notReplayed: [], rows: null });
    expect(outcome.answers.map(({ frame, action, agrees }) => [frame, action, agrees])).toEqual([
      [1, 'BootNotification', true],
      [3, 'StartTransaction', true],
      [5, 'StopTransaction', true],
    ]);
    expect(outcome.byRule.map(({ at }) => at)).toEqual(['currentTime', 'interval', 'transactionId']);
    expect(csms.received.map(({ id, cpId, payload }) => [id, cpId, payload['transactionId']])).toEqual([
      ['1', 'AGAIN', undefined],
      ['2', 'AGAIN', undefined],
      ['3', 'AGAIN', 7],
    ]);
  });

  it('names an answer that differs, with its line and its field', async () => {
    csms.answer('StartTransaction', () => ({ transactionId: 7, idTagInfo: { status: 'Blocked' } }));
    const { differences } = await play([...boot('1'), ...start()]);
    expect(differences).toEqual([
      {
        ...{ kind: 'answer', frame: 3, about: 'StartTransaction', at: 'idTagInfo.status' },
        ...{ recorded: 'Accepted', now: 'Blocked' },
      },
    ]);
  });

  it('names a refusal, and goes on', async () => {
    csms.answer('StartTransaction', () => {
      throw new CallError('InternalError', 'no');
    });
    const { differences, answers } = await play([...boot('1'), ...start(), ...boot('4')]);
    expect(differences).toMatchObject([{ frame: 3, now: expect.stringContaining('InternalError') as unknown }]);
    expect(answers).toHaveLength(3);
  });

  it('does not compare an answer that came after the last recorded frame', async () => {
    expect((await play([...boot('1'), ...start().slice(0, 1)])).differences).toEqual([]);
    expect((await play([...start().slice(0, 1), ...boot('1')])).differences).toMatchObject([
      { frame: 1, recorded: null },
    ]);
  });

  it('reconnects where the recording does', async () => {
    await play([...boot('1'), ...boot('2', 'c2'), ...boot('3', 'c2')]);
    expect(csms.handshakes.map(({ path, protocol }) => [path, protocol])).toEqual(Array(2).fill(['/AGAIN', 'ocpp1.6']));
  });

  it('says where the connection was lost, and comes back', async () => {
    csms.answer('StartTransaction', () => {
      csms.drop();
      return {};
    });
    const { differences, answers } = await play([...boot('1'), ...start(), ...boot('4')]);
    expect(differences.map(({ kind, frame }) => [kind, frame])).toEqual([
      ['answer', 3],
      ['connection', 5],
    ]);
    expect(answers.at(-1)?.agrees).toBe(true);
  });

  it('ends where it is not let in again', async () => {
    csms.answer('BootNotification', () => {
      csms.refusal = 403;
      return { status: 'Accepted', currentTime: NOW, interval: 60 };
    });
    const { differences } = await play([...boot('1'), ...boot('2', 'c2')]);
    expect(differences).toMatchObject([{ kind: 'connection', about: 'handshake', frame: 3 }]);
  });

  it('moves times where it is asked to', async () => {
    await play(start(), { shiftMs: 3_600_000 });
    expect(csms.payloads('StartTransaction')).toMatchObject([{ timestamp: '2026-11-01T11:00:00.000Z' }]);
  });

  it('keeps the pauses of the recording at a speed', async () => {
    const began = performance.now();
    await play([...boot('1'), ...stop], { speed: 20 });
    // Two seconds are between the CALLs.
    expect(performance.now() - began).toBeGreaterThanOrEqual(95);
  });
});

describe('the CALLs of the gateway in a replay', () => {
  it('that come by themselves are answered as they were', async () => {
    const playing = play([...boot('1'), ...reset], { waitMs: 500 });
    await csms.until('BootNotification');
    await expect(csms.call('Reset', { type: 'Hard' })).resolves.toEqual({ status: 'Rejected' });
    const { differences, gatewayCalls } = await playing;
    expect(differences).toEqual([
      { kind: 'gateway-call', frame: 3, about: 'Reset', at: 'type', recorded: 'Soft', now: 'Hard' },
    ]);
    expect(gatewayCalls).toEqual({ came: 1, sentAgain: 0 });
  });

  it('are sent again where there is access to REST', async () => {
    const { differences, gatewayCalls, notReplayed } = await play([...boot('1'), ...reset], {
      command: (cpId, action, payload) => csms.call(action, payload, cpId),
    });
    expect([differences, gatewayCalls, notReplayed]).toEqual([[], { came: 1, sentAgain: 1 }, []]);
  });

  it('are missing where that is refused', async () => {
    const { differences } = await play([...boot('1'), ...reset], {
      command: () => Promise.reject(new Error('no such charge point')),
    });
    expect(differences).toMatchObject([{ kind: 'missing-call', frame: 3, now: 'no such charge point' }]);
  });

  it('are named as not replayed without access, or where a secret is missing', async () => {
    const secret = line('out', [2, 'a', 'ChangeConfiguration', { key: 'AuthorizationKey', value: '[redacted]' }]);
    const { differences, notReplayed } = await play([...boot('1'), ...reset]);
    expect([differences, notReplayed.map(({ why }) => why)]).toEqual([[], [expect.stringContaining('--token')]]);
    const again = await play([...boot('1'), secret], { command: () => Promise.resolve() });
    expect(again.notReplayed).toMatchObject([{ frame: 3, why: expect.stringContaining('secret') as unknown }]);
  });

  it('that nobody recorded are additional', async () => {
    csms.answer('StopTransaction', async (_, cpId) => {
      await expect(csms.call('ClearCache', {}, cpId)).rejects.toThrow('no answer');
      return {};
    });
    const { differences } = await play([...boot('1'), ...stop]);
    expect(differences).toMatchObject([{ kind: 'additional-call', about: 'ClearCache' }]);
  });
});
