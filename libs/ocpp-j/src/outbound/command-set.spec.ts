import type { Command, TypedKind } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import type { SchemaValidator } from '../tolerance.ts';
import { commandSet } from './command-set.ts';
import { outboundCommands } from './outbound-command.ts';
import { demand, type PayloadRules } from './payload-check.ts';

interface Messages {
  Wink: { request: { id: number; color?: string }; response: { status: string; seenBy?: string } };
  Report: { request: object; response: object };
}

const validator: SchemaValidator = Object.assign(() => true, { errors: null });
const rules: PayloadRules = { validators: { Wink: validator, Report: validator } };
const { outbound, outboundBy } = outboundCommands<Messages>(rules);

/** A command that no version has, in the file of a version that nobody speaks. */
const winkLights = outbound('WinkLights' as TypedKind, 'Wink', {
  toCall: (command, checked) => {
    const { evseId, lightColor } = command as unknown as { evseId: number; lightColor?: string };
    return checked({ id: evseId, color: lightColor }, demand(evseId > 0, '/id', 'must be 1 or more'));
  },
  mirror: { answered: ({ id }) => [{ kind: 'localListVersion', version: id }] },
  status: ({ seenBy }) => (seenBy === undefined ? undefined : 'Seen'),
  readAnswer: ({ seenBy }) => ({ seenBy }) as never,
});
/** One that the same action carries out. */
const reset = outboundBy(winkLights, 'Reset', { toCall: (_command, checked) => checked({ id: 1, color: 'red' }) });

const set = commandSet({ version: 'OCPP 9', station: 'charger', commands: [reset, winkLights], rules });
const wink = (evseId: number) => ({ kind: 'WinkLights', evseId }) as unknown as Command;
const call = (action: string): Command => ({ kind: 'Call', action, payload: { id: 7 } });

describe('commandSet', () => {
  it('translates what the table has, without fields that are not given', () => {
    expect(set.translate(wink(2))).toEqual({ ok: true, action: 'Wink', payload: { id: 2 } });
    expect(set.translate({ kind: 'Reset', type: 'Soft' })).toEqual({
      ok: true,
      action: 'Wink',
      payload: { id: 1, color: 'red' },
    });
  });

  it('sends nothing that breaks a rule, or does not fit into 32 bits', () => {
    expect(set.translate(wink(0))).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'Wink',
      errors: [{ path: '/id', message: 'must be 1 or more' }],
    });
    expect(set.translate(wink(2 ** 31))).toMatchObject({ errors: [{ path: '/id', message: 'must fit into 32 bits' }] });
  });

  it('does not support what the table lacks, and names the nearest of its declaration', () => {
    expect(set.translate({ kind: 'ClearDisplayMessage', id: 1 })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: 'OCPP 9 has no ClearDisplayMessage: the nearest is data-transfer',
    });
    expect(set.translate({ kind: 'ClearCache' })).toMatchObject({
      reason: 'OCPP 9 has no ClearCache, and nothing near it',
    });
  });

  it('knows the actions of its commands, and forwards a generic call of one', () => {
    expect([...set.outboundActions]).toEqual(['Wink']);
    expect(set.translate(call('Wink'))).toEqual({ ok: true, action: 'Wink', payload: { id: 7 } });
    expect(set.translate(call('Report'))).toMatchObject({
      reason: 'in OCPP 9 Report is sent by the charger, not to it',
    });
    expect(set.validateCommandPayload('Report', {})).toMatchObject({
      errors: [{ message: 'a CSMS sends no Report in OCPP 9' }],
    });
  });

  it('reads status, answer and what it brings about by the command, or by the owner of the action of a generic call', () => {
    const answer = { status: 'Accepted', seenBy: 'Ann' };
    expect(Object.keys(set.mirrors)).toEqual(['Wink']);
    expect(set.readStatus(wink(1), answer)).toBe('Seen');
    expect(set.readAnswer(wink(1), answer)).toEqual({ seenBy: 'Ann' });
    expect(set.readStatus(call('Wink'), answer)).toBe('Seen');
    expect(set.readAnswer(call('Wink'), answer)).toBeUndefined();
    expect(set.readStatus({ kind: 'Reset', type: 'Soft' }, answer)).toBe('Accepted');
  });

  it('does not compile with a part that is misspelt, nor with an answer that nobody reads', () => {
    const toCall = () => ({ ok: false, kind: 'notSupported', reason: '' }) as const;
    // @ts-expect-error -- there is no part of this name
    expect(outbound('ClearCache', 'Report', { toCall, mirorr: {} })).toBeDefined();
    // @ts-expect-error -- the answer to this command says more than a status
    expect(outbound('GetLocalListVersion', 'Report', { toCall })).toBeDefined();
  });
});
