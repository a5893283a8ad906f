import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { ALL_COMMANDS, COMMANDS, type CommandAnswers, type CommandOf } from './index.ts';
import { camelCase, snakeCase } from './names.ts';
import { int32 } from './shared/fields.ts';

describe('defineCommand', () => {
  const request = z.strictObject({ reservation_id: int32(1).optional() });

  it('does not compile with an example or a made field that the request does not have', () => {
    // @ts-expect-error -- a field has another name
    defineCommand({ kind: 'X', job: 'charging', summary: 'x', request, example: { reservation: 1 } });
    // @ts-expect-error -- a field has another type
    defineCommand({ kind: 'X', job: 'charging', summary: 'x', request, example: { reservation_id: '1' } });
    // @ts-expect-error -- no such field can be made
    defineCommand({ kind: 'X', job: 'charging', summary: 'x', request, example: {}, made: 'id' });
    const { slug, answer } = defineCommand({
      kind: 'MakeIt',
      job: 'charging',
      summary: 'x',
      request,
      example: {},
      made: 'reservation_id',
    });
    expect(slug).toBe('make-it');
    expect(answer.safeParse({ reservation_id: undefined }).error?.issues.map(({ path }) => path[0])).toContain(
      'reservation_id',
    );
  });

  it('gives the bus its types: what is made is always there, and names are in camelCase at every depth', () => {
    const command: CommandOf<'ReserveNow'> = {
      kind: 'ReserveNow',
      reservationId: 1,
      idToken: 'TAG',
      expiresAt: '2026-01-31T12:00:00Z',
    };
    // @ts-expect-error -- reservationId is missing
    const incomplete: CommandOf<'ReserveNow'> = { kind: 'ReserveNow', idToken: 'TAG', expiresAt: 'x' };
    const list: CommandOf<'SendLocalList'>['entries'] = [{ idToken: 'TAG', expiresAt: 'x' }];
    const answer: CommandAnswers['GetLocalListVersion'] = { version: 1 };
    // @ts-expect-error -- Reset says a status only
    type None = CommandAnswers['Reset'];
    expect([command, incomplete, list, answer, {} as None]).toHaveLength(5);
  });
});

describe('the table', () => {
  it('has each kind once, an example of each that its schema takes, and nearest commands that exist', () => {
    expect(Object.keys(COMMANDS)).toHaveLength(ALL_COMMANDS.length);
    for (const { kind, request, example } of ALL_COMMANDS)
      expect([kind, request.safeParse(example).error]).toEqual([kind, undefined]);
    const slugs = ALL_COMMANDS.map(({ slug }) => slug);
    expect(slugs).toEqual(expect.arrayContaining(ALL_COMMANDS.flatMap(({ nearest }) => nearest ?? [])));
  });

  it('has names that the bus can undo, at every depth', () => {
    const names = ALL_COMMANDS.flatMap(({ request, answer }) => [...namesOf(request), ...namesOf(answer)]);
    expect(names.length).toBeGreaterThan(500);
    expect(names.map((name) => snakeCase(camelCase(name)))).toEqual(names);
  });
});

function namesOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => [name, ...namesOf(field)]);
  if (schema instanceof z.ZodArray) return namesOf(schema.element);
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? namesOf(schema.unwrap())
    : [];
}
