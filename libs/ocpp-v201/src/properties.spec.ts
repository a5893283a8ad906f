import { readFileSync } from 'node:fs';
import { treatmentOf } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type NamedSchema, type Schema, conformed, damagedPayload, singleFaults, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { shapes } from '#generated/shapes.js';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { leniency } from './deviations.ts';
import { outboundActions } from './commands/table.ts';
import type { Action } from './directions.ts';
import { validateRequest, validateResponse } from './validate.ts';

const MESSAGES = Object.keys(validators).flatMap((action) => [
  { message: `${action}.req`, action, file: `${action}Request`, validate: validateRequest },
  { message: `${action}.conf`, action, file: `${action}Response`, validate: validateResponse },
]);

function schemaOf(file: string): Schema {
  return JSON.parse(readFileSync(new URL(`../schemas/${file}.json`, import.meta.url), 'utf8')) as Schema;
}

describe.each(MESSAGES)('OCPP 2.0.1 $message', ({ action, file, validate }) => {
  const schema = schemaOf(file);

  it('valid payloads are accepted', () => {
    fc.assert(
      fc.property(validPayload(schema), fc.constantFrom('strict', 'lenient'), (payload, tolerance) => {
        expect(validate(action, payload, tolerance)).toEqual({ ok: true, payload, deviations: [] });
      }),
      { numRuns: 50 },
    );
  });

  it('a single fault is refused with its code', () => {
    fc.assert(
      fc.property(validPayload(schema), (payload) => {
        const faults = singleFaults(schema, payload);
        const found = faults.map((fault) => {
          const validation = validate(action, fault.payload, 'strict');
          return { what: fault.what, code: validation.ok ? 'accepted' : validation.code };
        });
        expect(found).toEqual(faults.map(({ what, code }) => ({ what, code })));
      }),
      { numRuns: 20 },
    );
  });

  const faulty = fc.tuple(validPayload(schema), fc.nat()).map(([payload, pick]) => {
    const faults = singleFaults(schema, payload);
    return faults[pick % faults.length]?.payload;
  });

  it('no payload throws or is changed, and what lenient repaired needs no second repair', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), faulty), (payload) => {
        const sent = structuredClone(payload);
        const validation = validate(action, payload, 'lenient');
        expect(payload).toEqual(sent);
        if (!validation.ok) return expect(validation.description).not.toBe('');
        const again = validate(action, validation.payload, 'lenient');
        expect(again).toMatchObject({ ok: true, payload: validation.payload });
      }),
      { numRuns: 20 },
    );
  });
});

const SENT = MESSAGES.filter(({ message, action }) =>
  message.endsWith('.req') ? Object.hasOwn(actions, action) : outboundActions.has(action),
);

describe.each(SENT)('OCPP 2.0.1 $message of a charger', ({ message, action, file, validate }) => {
  const schema = schemaOf(file);
  const side = message.endsWith('.req') ? 'request' : 'response';
  const shape = shapes[action as Action][side];
  const isIndispensable = (owner: string, field: string): boolean =>
    treatmentOf(leniency[side], owner, field).indispensable ?? false;

  it('lenient takes any damage to what is not indispensable, and leaves the rest alone', () => {
    const damaged = validPayload(schema).chain((payload) =>
      damagedPayload(shape as NamedSchema, payload, isIndispensable),
    );
    fc.assert(
      fc.property(damaged, ({ payload, untouched, damages }) => {
        const validator = validators[action as Action][side];
        const isValid = validator(payload);
        expect(validate(action, payload, 'strict').ok).toBe(isValid);
        const validation = validate(action, payload, 'lenient');
        if (!validation.ok) throw new Error(validation.description);
        expect(validation.deviations.length > 0).toBe(!isValid);
        expect(validation.payload).toMatchObject(untouched as object);
        expect({
          valid: validator(conformed(shape as NamedSchema, validation.payload)),
          of: validation.payload,
        }).toEqual({
          valid: true,
          of: validation.payload,
        });
        if (damages === 0) expect(validation.payload).toBe(payload);
      }),
      { numRuns: 60 },
    );
  });
});
