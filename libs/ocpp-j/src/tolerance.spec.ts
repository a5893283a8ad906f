import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { SchemaError } from './keyword-fault.ts';
import type { Leniency, Shape } from './shape.ts';
import { type SchemaValidator, validateTolerantly } from './tolerance.ts';

const ITEM: Shape = {
  type: 'object',
  name: 'Item',
  required: ['value'],
  properties: { value: { type: 'string', maxLength: 20 }, kind: { type: 'string', enum: ['A', 'B'] } },
};
const MESSAGE: Shape = {
  type: 'object',
  name: 'Message',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    note: { type: 'string', maxLength: 3 },
    at: { type: 'string', format: 'date-time' },
    items: { type: 'array', items: ITEM },
    limit: { type: 'number', minimum: 0, maximum: 9 },
    on: { type: 'boolean' },
    own: { type: 'object', name: 'Own', open: true, properties: {} },
    data: {},
  },
};
const leniency: Leniency = {
  fields: { 'Message.id': { indispensable: true, whole: true }, 'Item.value': { indispensable: true } },
  bare: { Item: 'value' },
  named: {},
  moves: {},
};

/** Refuses whatever comes, as the compiled schema of something else would. */
const refuses: SchemaValidator = Object.assign(() => false, {
  errors: [{ keyword: 'type', instancePath: '/note', params: { type: 'string' }, message: 'must be string' }],
} satisfies { errors: SchemaError[] });

const reading = { validator: refuses, shape: MESSAGE, leniency };
const validate = (payload: unknown) => validateTolerantly(reading, payload, 'lenient');
const read = (payload: unknown) => {
  const validation = validate(payload);
  return validation.ok ? validation.payload : validation.description;
};

describe('validateTolerantly', () => {
  it('asks the validator once about a good message and delivers the very payload', () => {
    const validator = jest.fn((_payload: unknown) => true);
    const payload = { a: 1 };
    const validation = validateTolerantly({ ...reading, validator }, payload, 'lenient');
    expect(validation).toEqual({ ok: true, payload, deviations: [] });
    expect(validation.ok && validation.payload).toBe(payload);
    expect(validator).toHaveBeenCalledTimes(1);
  });

  it('reads nothing into a message in strict mode', () => {
    expect(validateTolerantly(reading, { id: 1, note: 7 }, 'strict')).toEqual({
      ok: false,
      code: 'TypeConstraintViolation',
      description: '/note must be string',
      faults: [{ path: '/note', message: 'must be string' }],
    });
  });

  it('leaves the payload as it came', () => {
    const payload = { id: '1', items: [{ value: 1 }, null], own: { b: 1 } };
    const before = structuredClone(payload);
    validate(payload);
    expect(payload).toEqual(before);
  });

  it('names each rule once, and the raw value where it was met', () => {
    expect(validate({ id: 1, items: [{ value: 1 }, { value: 2 }, { value: 3 }, { value: 4 }] })).toEqual({
      ok: true,
      payload: { id: 1, items: [{ value: '1' }, { value: '2' }, { value: '3' }, { value: '4' }] },
      deviations: ['number-for-text'],
      odd: [0, 1, 2].map((index) => ({ rule: 'number-for-text', path: `/items/${index}/value`, raw: '(number)' })),
    });
  });

  it('says for lack of what it refuses, whatever else is wrong', () => {
    expect(validate({ x: 1, note: 7 })).toMatchObject({
      ok: false,
      code: 'OccurrenceConstraintViolation',
      faults: [{ path: '/id', message: 'is required' }],
    });
    expect(validate({ id: {}, note: 7 })).toMatchObject({ code: 'TypeConstraintViolation', faults: [{ path: '/id' }] });
  });

  it.each([
    [
      { id: 1, note: '👍👍👍👍' },
      { id: 1, note: '👍👍👍' },
    ],
    [
      { id: 1, at: 1796011480 },
      { id: 1, at: '1796011480' },
    ],
    [
      { id: 1, at: [] },
      { id: 1, at: '[]' },
    ],
    [
      { id: 1, items: { value: 'a' } },
      { id: 1, items: [{ value: 'a' }] },
    ],
    [
      { id: 1, items: ['a', 7, {}, [], true] },
      { id: 1, items: [{ value: 'a' }, { value: '7' }] },
    ],
    [
      { id: 1, items: '[{"value":"a"}]' },
      { id: 1, items: [{ value: 'a' }] },
    ],
    [
      { id: 1, items: [{ value: 'a', kind: ' b ' }] },
      { id: 1, items: [{ value: 'a', kind: 'B' }] },
    ],
    [{ id: 1, limit: 10 }, { id: 1 }],
    [{ id: 1, limit: Infinity }, { id: 1 }],
    [
      { id: 1, on: 'off' },
      { id: 1, on: false },
    ],
    [{ id: 1, on: 2 }, { id: 1 }],
    [
      { ID: '01', Note: 'a' },
      { id: 1, note: 'a' },
    ],
    [[{ id: 1 }], { id: 1 }],
    [
      { id: 1, own: { a: [1] }, data: [null] },
      { id: 1, own: { a: [1] }, data: [null] },
    ],
    ['{"id":1}', { id: 1 }],
    [null, 'payload is not a JSON object'],
    [7, 'payload is not a JSON object'],
    ['', 'payload is not a JSON object'],
    [[{ id: 1 }, { id: 2 }], 'payload is not a JSON object'],
    // A message without fields, as PHP writes it.
    [[], '/id is required'],
    [
      { id: 1, items: [[{ value: 'a' }, { value: 'b' }]] },
      { id: 1, items: [{ value: 'a' }, { value: 'b' }] },
    ],
    [
      { id: 1, data: [[1, 2]] },
      { id: 1, data: [[1, 2]] },
    ],
    [{ id: '1\0' }, { id: 1 }],
    [{ id: '\0 1\r\n' }, { id: 1 }],
    [{ id: 1.5 }, '/id has a type that cannot be read'],
  ])('reads %j as %j', (payload, expected) => {
    expect(read(payload)).toEqual(expected);
  });

  it('asks for the digits of numbers only where one stands for a text, and does without where it cannot have them', () => {
    const exactly = jest.fn(() => JSON.parse('{"id":1,"note":"7"}') as unknown);
    validateTolerantly(reading, { id: '1' }, 'lenient', exactly);
    expect(exactly).not.toHaveBeenCalled();
    expect(validateTolerantly(reading, { id: 1, note: 7 }, 'lenient', exactly)).toMatchObject({
      payload: { note: '7' },
    });
    const throws = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    expect(validateTolerantly(reading, { id: 1, note: 7 }, 'lenient', throws)).toMatchObject({
      payload: { note: '7' },
    });
  });

  it('never throws, whatever the payload', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false }), (payload) => {
        expect([true, false]).toContain(validate(payload).ok);
      }),
    );
    expect(validate(JSON.parse('{"id":1,"__proto__":{"note":"x"},"constructor":1}'))).toMatchObject({
      payload: { id: 1 },
      deviations: ['unknown-property'],
    });
  });

  const levels = (count: number): unknown => JSON.parse(`${'['.repeat(count)}${']'.repeat(count)}`);

  it('drops what is nested more deeply than anybody can mean, and counts that', () => {
    for (const field of ['data', 'own']) {
      const raw = field === 'own' ? { a: levels(1_000) } : levels(1_000);
      const validation = validate({ id: 1, [field]: raw, note: 'ok' });
      expect(validation).toMatchObject({ ok: true, payload: { id: 1, note: 'ok' }, deviations: ['field-senseless'] });
      expect(JSON.stringify(validation).length).toBeLessThan(1_000);
    }
    expect(validate({ id: 1, data: levels(100) })).toMatchObject({ ok: true, deviations: [] });
    const valid = { ...reading, validator: () => true };
    expect(validateTolerantly(valid, { id: 1, data: levels(1_000) }, 'lenient')).toMatchObject({
      payload: { id: 1 },
      deviations: ['field-senseless'],
    });
  });

  it('refuses it if strict', () => {
    const valid = { ...reading, validator: () => true };
    expect(validateTolerantly(valid, { id: 1, data: levels(1_000) }, 'strict')).toMatchObject({
      ok: false,
      code: 'FormatViolation',
      description: 'payload is nested too deeply',
    });
  });

  it('lets no nesting exceed the stack', () => {
    const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    for (const field of ['data', 'note', 'items', 'own', 'x', 'id'])
      expect(() => validate({ id: 1, [field]: deep(100_000) })).not.toThrow();
  });
});

/** Counts how often anything of a tree is looked at. */
function watched(value: object, looks: { count: number }): object {
  return new Proxy(value, {
    get(target, key, receiver) {
      looks.count += 1;
      const inner: unknown = Reflect.get(target, key, receiver);
      return typeof inner === 'object' && inner !== null ? watched(inner, looks) : inner;
    },
    has(target, key) {
      looks.count += 1;
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target);
      looks.count += keys.length;
      return keys;
    },
    getOwnPropertyDescriptor(target, key) {
      looks.count += 1;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

describe('S1 the work is in proportion to the message', () => {
  const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const looksAt = (payload: object): number => {
    const looks = { count: 0 };
    validate(watched(payload, looks));
    return looks.count;
  };

  it.each<[string, (count: number) => object]>([
    ['unknown fields', (count) => Object.fromEntries(many(count, (index) => [`k${index}`, 1]))],
    [
      'fields in another letter case',
      (count) => Object.fromEntries(many(count, (index) => [`NOTE${'_'.repeat(index % 50)}${index}`, 1])),
    ],
    ['items that cannot be read', (count) => ({ items: many(count, () => ({})) })],
    ['items of the wrong type', (count) => ({ items: many(count, () => 7) })],
    ['unknown words', (count) => ({ items: many(count, () => ({ value: 1, kind: 'x' })) })],
    ['unknown fields of items', (count) => ({ items: many(count, () => ({ value: 'a', b: 1, c: 2 })) })],
    ['JSON in texts', (count) => ({ items: many(count, () => '{"value":"a"}') })],
  ])('of %s', (_what, make) => {
    const [less, more] = [1_000, 9_000].map((count) => looksAt({ id: 1, ...make(count) })) as [number, number];
    expect(more / less).toBeGreaterThan(6);
    expect(more / less).toBeLessThan(12);
  });

  it.each<[string, unknown]>([
    ['a megabyte of unknown fields', Object.fromEntries(many(90_000, (index) => [`k${index}`, 1]))],
    ['a text of a megabyte', { note: 'x'.repeat(1e6) }],
    ['a name of a megabyte', { ['x'.repeat(1e6)]: 1 }],
    ['a word of a megabyte', { items: [{ value: 'a', kind: 'x'.repeat(1e6) }] }],
    ['a time of a megabyte', { at: '2026-11-30T'.repeat(1e5) }],
    ['a number of a megabyte', { limit: '1'.repeat(1e6) }],
    ['brackets of a megabyte', { items: '['.repeat(1e6) }],
    ['braces of a megabyte', { own: '{"a":'.repeat(2e5) }],
  ])('%s is read, and not all reported', (_what, fields) => {
    const validation = validate({ id: 1, ...(fields as object) });
    expect(validation.ok).toBe(true);
    expect(JSON.stringify(validation.odd).length).toBeLessThan(10_000);
  });
});
