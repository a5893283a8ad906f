import type { Command } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateRequest } from '../validate.ts';
import { outboundActions, validateCommandPayload } from './index.ts';
import { translate } from './translate.ts';

const id = fc.nat({ max: 99 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('RemoteStart' as const),
    idToken: fc.string({ maxLength: 40 }),
    idTokenType: maybe(fc.constantFrom('Central', 'ISO14443', 'Nonsense')),
    evseId: maybe(id),
    remoteStartId: id,
  }),
  fc.record({ kind: fc.constant('RemoteStop' as const), transactionId: fc.oneof(fc.string(), id.map(String)) }),
  fc.record({ kind: fc.constant('Reset' as const), type: fc.constantFrom('soft', 'hard'), evseId: maybe(id) }),
  fc.record({
    kind: fc.constant('ChangeAvailability' as const),
    operative: fc.boolean(),
    evseId: maybe(id),
    connectorId: maybe(id),
  }),
  fc.record({
    kind: fc.constant('Call' as const),
    action: fc.oneof(fc.constantFrom(...outboundActions), fc.string()),
    payload: fc.dictionary(fc.string(), fc.jsonValue()),
  }),
);

describe('translate', () => {
  it('gives a payload that the schema accepts, or says why not', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const translation = translate(command);
        if (translation.ok)
          expect(validateRequest(translation.action, translation.payload, 'strict')).toMatchObject({ ok: true });
        else if (translation.kind === 'notSupported') expect(translation.reason).not.toBe('');
        else expect(translation.errors).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('validateCommandPayload', () => {
  it('refuses an action that a CSMS does not send', () => {
    expect(validateCommandPayload('Heartbeat', {})).toMatchObject({ ok: false, errors: [{ path: '' }] });
  });

  it('lists no more than fifty faults', () => {
    const id = Array.from({ length: 1000 }, () => 'one');
    const check = validateCommandPayload('GetDisplayMessages', { requestId: 1, id });
    expect(check.ok === false && check.errors).toHaveLength(50);
  });

  it.each([[null], [[]], ['text'], [undefined]])('refuses a payload that is no object: %j', (payload) => {
    expect(validateCommandPayload('ClearCache', payload)).toMatchObject({
      ok: false,
      errors: [{ path: '', message: 'must be object' }],
    });
  });
});
