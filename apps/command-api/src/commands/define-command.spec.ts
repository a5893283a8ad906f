import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { camelCase, snakeCase } from './case.ts';
import { defineCommand, toCommand } from './define-command.ts';
import { ALL_COMMANDS, COMMANDS } from './definitions/index.ts';
import { idToken, int32, request } from './fields.ts';

const parts = { slug: 'x', summary: 'x' } as const;

describe('defineCommand', () => {
  it('does not compile with a request or an answer that is not that of the bus', () => {
    // @ts-expect-error -- a field of the bus is missing
    defineCommand({ ...parts, kind: 'CancelReservation', request: request({}), example: {} });
    const named = request({ reservation: int32(1) });
    // @ts-expect-error -- a field has another name
    defineCommand({ ...parts, kind: 'CancelReservation', request: named, example: { reservation: 1 } });
    const text = request({ reservation_id: z.string() });
    // @ts-expect-error -- a field has another type
    defineCommand({ ...parts, kind: 'CancelReservation', request: text, example: { reservation_id: '1' } });
    const more = request({ reservation_id: int32(1), id_token: idToken.optional() });
    // @ts-expect-error -- the bus has no such field
    defineCommand({ ...parts, kind: 'CancelReservation', request: more, example: { reservation_id: 1 } });
    const optional = request({ reservation_id: int32(1).optional() });
    // @ts-expect-error -- the bus needs the field, and nobody makes it
    defineCommand({ ...parts, kind: 'CancelReservation', request: optional, example: {} });
    const none = request({});
    // @ts-expect-error -- the answer of the bus is missing
    defineCommand({ ...parts, kind: 'GetLocalListVersion', request: none, example: {} });
    const answer = { version: z.string() };
    // @ts-expect-error -- the answer has another type
    defineCommand({ ...parts, kind: 'GetLocalListVersion', request: none, example: {}, answer });
    const cancel = defineCommand({
      ...parts,
      kind: 'CancelReservation',
      request: optional,
      example: {},
      made: 'reservation_id',
    });
    expect(Object.keys(cancel.answer.shape)).toContain('reservation_id');
  });
});

describe('toCommand', () => {
  it('renames at every depth and leaves values alone', () => {
    const entries = [{ id_token: 'id_token', expires_at: 'x' }];
    const sent = toCommand(COMMANDS.SendLocalList, { version: 1, update_type: 'full', entries, timeout_s: 5 });
    expect(sent).toEqual({
      kind: 'SendLocalList',
      version: 1,
      updateType: 'full',
      entries: [{ idToken: 'id_token', expiresAt: 'x' }],
    });
  });

  it('can be undone: every name of the table comes back as it was', () => {
    const names = ALL_COMMANDS.flatMap(({ request, answer }) => [request.shape, answer.shape].flatMap(Object.keys));
    expect(names.map((name) => snakeCase(camelCase(name)))).toEqual(names);
  });
});
