import { describe, expect, it, jest } from '@jest/globals';
import {
  letterCase,
  nullForAbsent,
  objectForArray,
  overLongText,
  timestampUnreadable,
  timestampWithoutOffset,
  unknownProperty,
  unknownValueBecomes,
  unknownValueKept,
} from './deviation-rules.ts';
import type { SchemaError } from './keyword-fault.ts';
import { type DeviationRule, type SchemaValidator, validateTolerantly } from './tolerance.ts';

/** A validator that reports the first fault `find` sees, as compiled schemas do. */
function validatorOf(find: (payload: never) => SchemaError | undefined): SchemaValidator {
  const validator: SchemaValidator = (payload) => {
    const error = find(payload as never);
    validator.errors = error ? [error] : null;
    return error === undefined;
  };
  return validator;
}

const error = (keyword: string, instancePath: string, params: Record<string, unknown> = {}): SchemaError => ({
  keyword,
  instancePath,
  params,
  message: `breaks ${keyword}`,
});

interface Readings {
  groups: { values: { value: unknown }[] }[];
}

/** groups[].values[].value are strings. */
const readings = validatorOf((payload: Readings) => {
  for (const [g, group] of payload.groups.entries()) {
    if (!Array.isArray(group.values)) return error('type', `/groups/${g}/values`, { type: 'array' });
    for (const [v, { value }] of group.values.entries())
      if (typeof value !== 'string') return error('type', `/groups/${g}/values/${v}/value`, { type: 'string' });
  }
  return undefined;
});

const numberAsText: DeviationRule = {
  id: 'number-as-text',
  keyword: 'type',
  fields: ['values.value', 'list'],
  repair: (value) => (typeof value === 'number' ? { become: String(value) } : undefined),
};

describe('validateTolerantly', () => {
  it('asks the validator once about a good message and delivers the very payload', () => {
    const validator = jest.fn((_payload: unknown) => true);
    const payload = { a: 1 };
    const validation = validateTolerantly(validator, payload, 'lenient', [unknownProperty]);
    expect(validation).toEqual({ ok: true, payload, deviations: [] });
    expect(validation.ok && validation.payload).toBe(payload);
    expect(validator).toHaveBeenCalledTimes(1);
  });

  it('repairs nothing in strict mode', () => {
    const payload = { groups: [{ values: [{ value: 1 }] }] };
    expect(validateTolerantly(readings, payload, 'strict', [numberAsText])).toMatchObject({
      ok: false,
      code: 'TypeConstraintViolation',
      faults: [{ path: '/groups/0/values/0/value', message: 'breaks type' }],
    });
  });

  it('repairs all sibling positions at once, whatever their number', () => {
    const payload = {
      groups: Array.from({ length: 40 }, () => ({ values: [{ value: 1 }, { value: 'x' }, { value: 2 }] })),
    };
    const validator = jest.fn(readings);
    const spy: SchemaValidator = Object.assign((each: unknown) => {
      const ok = validator(each);
      spy.errors = readings.errors;
      return ok;
    });
    const validation = validateTolerantly(spy, payload, 'lenient', [numberAsText]);
    expect(validation).toMatchObject({ ok: true, deviations: ['number-as-text'] });
    expect(validation.ok && validation.payload['groups']).toEqual(
      payload.groups.map(() => ({ values: [{ value: '1' }, { value: 'x' }, { value: '2' }] })),
    );
    expect(validator).toHaveBeenCalledTimes(2);
  });

  it('leaves the payload as it came', () => {
    const payload = { groups: [{ values: [{ value: 1 }] }] };
    const before = structuredClone(payload);
    validateTolerantly(readings, payload, 'lenient', [numberAsText]);
    expect(payload).toEqual(before);
  });

  it('names each deviation once, in the order of repair', () => {
    const payload = { groups: [{ values: { value: 1 } }, { values: [{ value: 2 }] }] };
    expect(validateTolerantly(readings, payload, 'lenient', [objectForArray(['values']), numberAsText])).toEqual({
      ok: true,
      payload: { groups: [{ values: [{ value: '1' }] }, { values: [{ value: '2' }] }] },
      deviations: ['object-for-array', 'number-as-text'],
    });
  });

  it('refuses with the first strict fault when a later one cannot be repaired', () => {
    const payload = { groups: [{ values: { value: 1 } }, { values: [{ value: true }] }] };
    expect(validateTolerantly(readings, payload, 'lenient', [objectForArray(['values']), numberAsText])).toMatchObject({
      ok: false,
      faults: [{ path: '/groups/0/values' }],
    });
  });

  it('delivers as sent what different rules tolerated at sibling positions', () => {
    const times = validatorOf((payload: { groups: { at: string }[] }) => {
      const odd = payload.groups.findIndex(({ at }) => !at.endsWith('Z'));
      return odd < 0 ? undefined : error('format', `/groups/${odd}/at`, { format: 'date-time' });
    });
    const payload = { groups: [{ at: '2026-03-01T10:00:00' }, { at: 'soon' }, { at: '2026-03-01T10:00:00Z' }] };
    expect(validateTolerantly(times, payload, 'lenient', [timestampWithoutOffset, timestampUnreadable])).toEqual({
      ok: true,
      payload,
      deviations: ['timestamp-without-offset', 'timestamp-unreadable'],
    });
  });

  it('gives up on a rule that never satisfies the schema', () => {
    const never = validatorOf((payload: { a: number }) => error('type', '/a', { was: payload.a }));
    const restless: DeviationRule = {
      id: 'fractional-integer',
      keyword: 'type',
      repair: (value) => ({ become: Number(value) + 1 }),
    };
    expect(validateTolerantly(never, { a: 1 }, 'lenient', [restless])).toMatchObject({ ok: false });
  });

  it('applies a rule only where its fields end the path', () => {
    const one = (path: string) =>
      validatorOf((payload: { done?: boolean }) => (payload.done ? undefined : error('type', path)));
    const rule: DeviationRule = { ...numberAsText, fields: ['values.value'] };
    expect(validateTolerantly(one('/othervalues/value'), { othervalues: { value: 1 } }, 'lenient', [rule]).ok).toBe(
      false,
    );
  });

  it('makes items of a list other ones and lets none go, so that what was tolerated is found again', () => {
    const lists = validatorOf((payload: { list: unknown[]; at: unknown }) => {
      if (payload.at !== 'now') return error('enum', '/at', { allowedValues: ['now'] });
      const odd = payload.list.findIndex((item) => typeof item !== 'string');
      return odd < 0 ? undefined : error('type', `/list/${odd}`, { type: 'string' });
    });
    const rules = [unknownValueKept('unknown-unit', ['at']), nullForAbsent, numberAsText];
    const validate = (list: unknown[]) => validateTolerantly(lists, { list, at: 'soon' }, 'lenient', rules);
    expect(validate(['a', 1, 2])).toMatchObject({ ok: true, payload: { list: ['a', '1', '2'], at: 'soon' } });
    expect(validate(['a', null])).toMatchObject({ ok: false });
  });

  it.each([[null], [undefined], [7], ['text'], [[]], [{ a: null }]])(
    'never throws, whatever the payload: %j',
    (payload) => {
      const refuses = validatorOf(() => error('additionalProperties', '/a/0/b', { additionalProperty: '__proto__' }));
      expect(validateTolerantly(refuses, payload, 'lenient', [unknownProperty, nullForAbsent]).ok).toBe(false);
    },
  );
});

describe('deviation rules', () => {
  const enumOf = (allowedValues: string[]) =>
    validatorOf((payload: { a?: string }) =>
      allowedValues.includes(payload.a ?? '') ? undefined : error('enum', '/a', { allowedValues }),
    );
  const dateTime = validatorOf((payload: { a?: string }) =>
    /Z$/.test(payload.a ?? '') ? undefined : error('format', '/a', { format: 'date-time' }),
  );
  const shorterThan3 = validatorOf((payload: { a?: unknown }) =>
    typeof payload.a !== 'string' || [...payload.a].length > 2 ? error('maxLength', '/a', { limit: 2 }) : undefined,
  );
  const noX = validatorOf((payload: object) =>
    Object.hasOwn(payload, 'x/y') ? error('additionalProperties', '', { additionalProperty: 'x/y' }) : undefined,
  );
  const noNull = validatorOf((payload: { a?: unknown }) =>
    payload.a === null ? error('type', '/a', { type: 'string' }) : undefined,
  );

  it.each([
    { rule: timestampWithoutOffset, validator: dateTime, sent: '2023-10-19T15:28:07', read: '2023-10-19T15:28:07' },
    { rule: timestampUnreadable, validator: dateTime, sent: 'yesterday', read: 'yesterday' },
    { rule: letterCase, validator: enumOf(['Available']), sent: 'AVAILABLE', read: 'Available' },
    { rule: overLongText(['a']), validator: shorterThan3, sent: '👍👍👍', read: '👍👍' },
    { rule: unknownValueKept('unknown-unit', ['a']), validator: enumOf(['Wh']), sent: 'Hz', read: 'Hz' },
    {
      rule: unknownValueBecomes('unknown-stop-reason', 'a', 'Other'),
      validator: enumOf(['Other']),
      sent: 'Odd',
      read: 'Other',
    },
  ])('$rule.id reads $sent as $read', ({ rule, validator, sent, read }) => {
    expect(validateTolerantly(validator, { a: sent }, 'lenient', [rule])).toEqual({
      ok: true,
      payload: { a: read },
      deviations: [rule.id],
    });
  });

  it('keeps the words a substitute replaces in a field that was empty', () => {
    const rule = unknownValueBecomes('unknown-stop-reason', 'a', 'Other', (sent) => ({ note: sent }));
    const validate = (payload: object) => validateTolerantly(enumOf(['Other']), payload, 'lenient', [rule]);
    expect(validate({ a: 'Odd' })).toMatchObject({ payload: { a: 'Other', note: 'Odd' } });
    expect(validate({ a: 'Odd', note: 'own' })).toMatchObject({ payload: { a: 'Other', note: 'own' } });
  });

  it('drops null and unknown properties', () => {
    expect(validateTolerantly(noNull, { a: null, b: 1 }, 'lenient', [nullForAbsent])).toMatchObject({
      payload: { b: 1 },
    });
    expect(validateTolerantly(noX, { 'x/y': 1, b: 1 }, 'lenient', [unknownProperty])).toMatchObject({
      payload: { b: 1 },
    });
  });

  it.each([
    { rule: timestampWithoutOffset, validator: dateTime, sent: 'yesterday' },
    { rule: letterCase, validator: enumOf(['Available']), sent: 'Vacant' },
    { rule: overLongText(['a']), validator: shorterThan3, sent: 7 },
    { rule: objectForArray(['a']), validator: noNull, sent: null },
    { rule: unknownValueKept('unknown-unit', ['b']), validator: enumOf(['Wh']), sent: 'Hz' },
  ])('$rule.id leaves $sent alone', ({ rule, validator, sent }) => {
    expect(validateTolerantly(validator, { a: sent }, 'lenient', [rule]).ok).toBe(false);
  });
});
