import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Schema, singleFaults, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { actions } from './actions/index.ts';
import { validateRequest } from './validate.ts';

const schemaOf = (action: string): Schema =>
  JSON.parse(readFileSync(new URL(`../schemas/${action}Request.json`, import.meta.url), 'utf8')) as Schema;

describe.each(Object.keys(actions))('%s', (action) => {
  const schema = schemaOf(action);

  it('is accepted as it is, in both tolerances, when valid', () => {
    fc.assert(
      fc.property(validPayload(schema), fc.constantFrom('strict', 'lenient'), (payload, tolerance) => {
        expect(validateRequest(action, payload, tolerance)).toEqual({ ok: true, payload, deviations: [] });
      }),
    );
  });

  it('is refused with the code of its one fault when strict', () => {
    fc.assert(
      fc.property(validPayload(schema), fc.nat(), (payload, pick) => {
        const faults = singleFaults(schema, payload);
        const fault = faults[pick % faults.length];
        if (!fault) return;
        expect({ what: fault.what, ...validateRequest(action, fault.payload, 'strict') }).toMatchObject({
          what: fault.what,
          ok: false,
          code: fault.code,
        });
      }),
    );
  });

  const faulty = fc
    .tuple(validPayload(schema), fc.nat())
    .map(([payload, pick]) => singleFaults(schema, payload).at(pick % 17)?.payload);

  it('is never thrown at nor changed, and what lenient repaired needs no second repair', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), faulty), (payload) => {
        const sent = structuredClone(payload);
        const validation = validateRequest(action, payload, 'lenient');
        expect(payload).toEqual(sent);
        if (!validation.ok) return expect(validation.description).not.toBe('');
        const again = validateRequest(action, validation.payload, 'lenient');
        expect(again).toMatchObject({ ok: true, payload: validation.payload });
      }),
    );
  });
});
