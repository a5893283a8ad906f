import { describe, expect, it } from '@jest/globals';
import { redisKeys, type Command, type CommandEnvelope } from '@ocpp-gw/contracts';
import fc from 'fast-check';
import { actionOf, readBusMessage, readReply } from './command-wire.ts';

const command: Command = { kind: 'Reset', type: 'soft' };
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
    [{ ...envelope, command: null }],
    [{ ...envelope, command: { kind: 'Explode' } }],
    [{ ...envelope, command: { kind: 'constructor' } }],
    [{ ...envelope, v: undefined }],
    [{ ...superseded, epoch: '7' }],
    [{ ...cancel, requestId: undefined }],
    [[]],
    [null],
    [7],
  ])('refuses %j as malformed', (message) => {
    expect(read(message).kind).toBe('malformed');
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
