import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareAnswers } from './answers.ts';
import { compare } from './compare.ts';
import { GivenIds } from './given-ids.ts';

const context = (action: string, ids = new GivenIds()) => ({ version: '1.6' as const, action, ids });

describe('two payloads', () => {
  it('agree when they are equal, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('BootNotification', 'ReserveNow'), (value, action) => {
        const again: unknown = JSON.parse(JSON.stringify(value));
        expect(compare(JSON.parse(JSON.stringify(value)), again, context(action))).toEqual({
          differences: [],
          byRule: [],
        });
      }),
    );
  });

  it('differ where one has another value than the other, at that place', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.string(), fc.string(), (path, recorded, now) => {
        fc.pre(recorded !== now);
        const nested = (value: string) => path.reduceRight<unknown>((inner) => ({ part: [inner] }), { status: value });
        const { differences } = compare(nested(recorded), nested(now), context('DataTransfer'));
        expect(differences).toEqual([{ at: [...path.map(() => 'part[0]'), 'status'].join('.'), recorded, now }]);
      }),
    );
  });

  it('differ where a field or an item is only in one of them', () => {
    expect(compare({ a: 1, list: [1] }, { list: [1, 2] }, context('DataTransfer')).differences).toEqual([
      { at: 'a', recorded: 1, now: undefined },
      { at: 'list[1]', recorded: undefined, now: 2 },
    ]);
  });

  it.each([
    [
      'BootNotification',
      { currentTime: '2026-11-01T10:00:00.000Z' },
      { currentTime: '2026-12-01T10:00:00Z' },
      'time of the gateway',
    ],
    ['BootNotification', { interval: 300 }, { interval: 60 }, 'setting of the gateway'],
    ['StartTransaction', { transactionId: 7 }, { transactionId: 42 }, 'number of the gateway'],
    ['Get15118EVCertificate', { exiResponse: 'aa' }, { exiResponse: 'bb' }, 'made anew'],
  ])('of %s agree by rule: %j and %j', (action, recorded, now, rule) => {
    const { differences, byRule } = compare(recorded, now, context(action));
    expect(differences).toEqual([]);
    expect(byRule.map((each) => each.rule)).toEqual([rule]);
  });

  it.each([
    ['BootNotification', { currentTime: '2026-11-01T10:00:00.000Z' }, { currentTime: 'soon' }],
    ['BootNotification', { interval: 300 }, {}],
    ['ChangeConfiguration', { interval: 300 }, { interval: 60 }],
    ['StartTransaction', { transactionId: 7 }, { transactionId: '42' }],
    ['StartTransaction', { transactionId: 7 }, {}],
  ])('of %s differ although a rule is near: %j and %j', (action, recorded, now) => {
    expect(compare(recorded, now, context(action)).differences).toHaveLength(1);
  });

  it('differ where one recorded number would stand for two, or two for one', () => {
    const ids = new GivenIds();
    const starts = (recorded: number, now: number) =>
      compare({ transactionId: recorded }, { transactionId: now }, context('StartTransaction', ids)).differences.length;
    expect([starts(7, 42), starts(7, 42), starts(7, 43), starts(8, 42), starts(8, 43), starts(9, 9)]).toEqual([
      0, 0, 1, 1, 0, 0,
    ]);
  });

  it('of 2.0.1 have transaction ids of the charge point, which are compared', () => {
    const of201 = { ...context('RequestStopTransaction'), version: '2.0.1' as const };
    expect(compare({ transactionId: 'a' }, { transactionId: 'b' }, of201).differences).toHaveLength(1);
  });
});

describe('two answers', () => {
  const error = { is: 'error', code: 'InternalError', description: 'x' } as const;
  const none = { is: 'none', why: '' } as const;

  it('agree when both are refused with one code, or when there is none', () => {
    const { differences, byRule } = compareAnswers(error, { ...error, description: 'y' }, context('Authorize'));
    expect([differences, byRule.map(({ rule }) => rule)]).toEqual([[], ['text of an error']]);
    expect(compareAnswers(none, none, context('Authorize')).differences).toEqual([]);
  });

  it.each([
    ['another code', { ...error, code: 'GenericError' }],
    ['a payload', { is: 'result', payload: {} } as const],
    ['no answer', none],
  ])('differ when a refusal has become %s', (_, now) => {
    expect(compareAnswers(error, now, context('Authorize')).differences).toHaveLength(1);
  });
});
