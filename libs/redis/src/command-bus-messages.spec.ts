import { describe, expect, it } from '@jest/globals';
import { redisKeys, type Command, type CommandEnvelope } from '@ocpp-gw/contracts';
import fc from 'fast-check';
import { actionOf, readBusMessage, readReply } from './command-bus-messages.ts';

const command: Command = { kind: 'Reset', type: 'Soft' };
const envelope: CommandEnvelope = { v: 1, type: 'command', requestId: 'r1', cpId: 'CP-1', deadline: 1, command };
const superseded = { v: 1, type: 'superseded', cpId: 'CP-1', epoch: 7 };
const cancel = { v: 1, type: 'cancel', requestId: 'r1', cpId: 'CP-1' };
const reply = { v: 1, requestId: 'r1', cpId: 'CP-1', epoch: 7, outcome: { kind: 'offline' } };

const read = (message: unknown) => readBusMessage(JSON.stringify(message), redisKeys.command('CP-1'), 1);

describe('readBusMessage', () => {
  it('reads every envelope', () => {
    expect(read(envelope)).toEqual({ kind: 'message', message: envelope });
    expect(read(superseded)).toEqual({ kind: 'message', message: superseded });
    expect(read(cancel)).toEqual({ kind: 'message', message: cancel });
  });

  it('recognises a newer version by its envelope alone', () => {
    expect(read({ v: 2, requestId: 'r1', cpId: 'CP-1', anything: true })).toEqual({
      kind: 'newer',
      v: 2,
      requestId: 'r1',
      cpId: 'CP-1',
    });
    expect(read({ v: 2 })).toEqual({ kind: 'newer', v: 2 });
  });

  it.each([
    [{ ...envelope, cpId: 'CP-2' }],
    [{ ...envelope, type: 'gossip' }],
    [{ ...envelope, requestId: 7 }],
    [{ ...envelope, deadline: 'soon' }],
    [{ ...envelope, v: undefined }],
    [{ ...superseded, epoch: '7' }],
    [{ ...cancel, requestId: undefined }],
    [[]],
    [null],
    [7],
  ])('refuses %j as malformed', (message) => {
    expect(read(message).kind).toBe('malformed');
  });

  it.each<[unknown, RegExp]>([
    [null, /has no kind/],
    [{ kind: 'Explode' }, /Explode is unknown/],
    [{ kind: 'constructor' }, /constructor is unknown/],
    [{ kind: 'Reset' }, /^\/type: /],
    [{ kind: 'Reset', type: 'gentle' }, /^\/type: /],
    [{ kind: 'Reset', type: 'Soft', evse_id: 1 }, /evse_id/],
    [{ kind: 'Reset', type: 'Soft', timeoutS: 1 }, /timeout_s/],
    [{ kind: 'ReserveNow', idToken: 'TAG', expiresAt: '2026-01-31T12:00:00Z' }, /^\/reservation_id: /],
    [{ kind: 'ChangeAvailability', operative: true, connectorId: 1 }, /^\/evse_id: is needed/],
    [{ kind: 'Call', action: 'Reset' }, /^\/payload: /],
  ])('cannot read the command %j', (wrong, reason) => {
    const message = { ...envelope, command: wrong };
    expect(read(message)).toEqual({ kind: 'unreadable', message, reason: expect.stringMatching(reason) });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readBusMessage(text, redisKeys.command('CP-1'), 1);
        readReply(text, 'r1', 1);
      }),
    );
  });
});

describe('readReply', () => {
  it('reads a reply', () => {
    expect(readReply(JSON.stringify(reply), 'r1', 1)).toEqual({ kind: 'message', message: reply });
  });

  it.each([
    [{ ...reply, requestId: 'r2' }],
    [{ ...reply, epoch: null }],
    [{ ...reply, outcome: { kind: 'great' } }],
    [{ ...reply, outcome: undefined }],
  ])('refuses %j as malformed', (message) => {
    expect(readReply(JSON.stringify(message), 'r1', 1).kind).toBe('malformed');
  });
});

describe('actionOf', () => {
  it('is the action of a generic call, and the kind of any other command', () => {
    expect(actionOf({ kind: 'Call', action: 'GetLog', payload: {} })).toBe('GetLog');
    expect(actionOf(command)).toBe('Reset');
  });
});
