import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { subscriptionsVariable, type DeclaredSubscription } from './declaration.ts';

const schema = z.object({ EVEYS_OCPP_WEBHOOKS: subscriptionsVariable });
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const GOOD = { name: 'billing', url: 'https://example.com/hook', secrets: [SECRET], events: ['tx.*', 'cp.boot'] };

const parse = (value: unknown): DeclaredSubscription[] =>
  loadConfig(schema, { EVEYS_OCPP_WEBHOOKS: typeof value === 'string' ? value : JSON.stringify(value) })
    .EVEYS_OCPP_WEBHOOKS;

function problems(value: unknown): string {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
}

describe('EVEYS_OCPP_WEBHOOKS', () => {
  it('is nobody when unset', () => {
    expect(loadConfig(schema, {}).EVEYS_OCPP_WEBHOOKS).toEqual([]);
  });

  it('keeps order unless the subscription opts out', () => {
    expect(parse([GOOD, { ...GOOD, name: 'other', ordered: false }]).map((one) => one.ordered)).toEqual([true, false]);
  });

  it('takes two secrets while they rotate', () => {
    expect(parse([{ ...GOOD, secrets: [SECRET, SECRET] }])[0]?.secrets).toHaveLength(2);
  });

  it.each<[string, unknown, RegExp]>([
    ['what is no JSON', '[{"name":', /^EVEYS_OCPP_WEBHOOKS: is no JSON/],
    ['what is no array', {}, /^EVEYS_OCPP_WEBHOOKS: must be a JSON array/],
    ['a missing name', [{ ...GOOD, name: undefined }], /at 0\.name: /],
    ['a name that is no label', [{ ...GOOD, name: 'Big Corp' }], /at 0\.name: must be 1 to 63/],
    ['a name that is taken', [GOOD, GOOD], /at 1\.name: "billing" is the name of subscription 0 already/],
    ['a relative URL', [GOOD, { ...GOOD, name: 'b', url: '/hook' }], /at 1\.url: must be an http/],
    ['another scheme', [{ ...GOOD, url: 'ftp://example.com' }], /at 0\.url: must be an http/],
    ['credentials in the URL', [{ ...GOOD, url: 'https://u:p@example.com' }], /at 0\.url: must hold no user/],
    ['no secret', [{ ...GOOD, secrets: [] }], /at 0\.secrets: needs a secret/],
    ['three secrets', [{ ...GOOD, secrets: [SECRET, SECRET, SECRET] }], /at 0\.secrets: takes two/],
    ['a secret without its prefix', [{ ...GOOD, secrets: ['c2VjcmV0'] }], /at 0\.secrets\.0: must be "whsec_"/],
    [
      'a secret that is too short',
      [{ ...GOOD, secrets: [SECRET, 'whsec_c2VjcmV0'] }],
      /at 0\.secrets\.1: must hold 24 to 64 bytes/,
    ],
    ['no events', [{ ...GOOD, events: [] }], /at 0\.events: needs at least one/],
    [
      'an event there is not',
      [{ ...GOOD, events: ['*', 'tx.begun'] }],
      /at 0\.events\.1: "tx\.begun" matches no event: use .*tx\.started/,
    ],
    ['a field it does not know', [{ ...GOOD, event: [] }], /at 0: .*"event"/],
  ])('refuses %s, naming index and field', (_, value, expected) => {
    expect(problems(value)).toMatch(expected);
  });

  it('lists every problem at once, and no secret', () => {
    const found = problems([
      { ...GOOD, url: 'x', secrets: ['whsec_aHVzaA=='] },
      { ...GOOD, events: ['no'] },
    ]);
    expect(found.split('\n')).toHaveLength(4);
    expect(found).not.toContain('aHVzaA');
  });

  it('shows nothing of a text that is no JSON', () => {
    expect(problems(`[{"secrets": ["${SECRET}"]`)).not.toContain(SECRET.slice(6, 20));
    expect(problems(SECRET)).not.toContain(SECRET.slice(6, 20));
  });
});
