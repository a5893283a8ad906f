import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@ocpp-gw/conversation';
import { chargePointRecord } from '../testdata/records.ts';
import { diagnose, type Check, type DiagnosisFacts } from './diagnosis.ts';

const now = new Date('2026-01-02T12:00:00Z');
const facts = (parts: Partial<DiagnosisFacts> = {}): DiagnosisFacts => ({
  cpId: 'CP-1',
  record: chargePointRecord(),
  online: true,
  refused: [],
  loop: null,
  findings: [],
  messages: 10,
  now,
  ...parts,
});
const refused = (reason: string, hoursAgo = 1) => ({
  cpId: 'CP-1',
  at: now.getTime() - hoursAgo * 3_600_000,
  pod: 'pod',
  source: '192.0.2.7',
  status: 401,
  reason,
  detail: 'the password is wrong',
});
const problems = (parts: Partial<DiagnosisFacts>): Check['name'][] =>
  diagnose(facts(parts))
    .checks.filter(({ state }) => state === 'problem')
    .map(({ name }) => name);

describe('diagnose', () => {
  it('finds nothing wrong with a charge point that is well', () => {
    const { summary, checks } = diagnose(facts());
    expect(summary).toBe('No problem was found.');
    expect(checks.map(({ state, toDo }) => [state, toDo])).toEqual(checks.map(() => ['ok', null]));
  });

  it.each<[string, Partial<DiagnosisFacts>, Check['name'][], RegExp]>([
    ['not registered', { record: null, online: false }, ['registration'], /No charge point is registered as CP-1/],
    [
      'not registered, and refused for it',
      { record: null, online: false, refused: [refused('unknown_charge_point')] },
      ['registration', 'handshakes'],
      /No charge point is registered/,
    ],
    [
      'retired',
      { record: chargePointRecord({ retiredAt: now }), online: false },
      ['registration', 'connection'],
      /retired/,
    ],
    [
      'refused for its password',
      { online: false, refused: [refused('wrong_credentials'), refused('wrong_credentials', 2)] },
      ['handshakes'],
      /refused its handshake 2 times.* from 192\.0\.2\.7 with 401 wrong_credentials: the password is wrong/,
    ],
    ['refused long ago, and away', { online: false, refused: [refused('timeout', 48)] }, ['connection'], /seen last/],
    [
      'never seen',
      { online: false, record: chargePointRecord({ lastSeenAt: null, registrationStatus: null }) },
      ['connection', 'boot'],
      /never been connected/,
    ],
    ['refused, and connected since', { refused: [refused('wrong_credentials')] }, [], /No problem/],
    ['without a password', { record: chargePointRecord({ passwordHash: null }) }, ['credentials'], /has no password/],
    ['pending', { record: chargePointRecord({ registrationStatus: 'Pending' }) }, ['boot'], /answered Pending/],
    [
      'in a loop with another one',
      {
        loop: {
          ...{ cpId: 'CP-1', pod: 'pod', since: 0, last: 1, connections: 9, takeovers: 8, delayMs: 1000 },
          sources: ['192.0.2.7', '192.0.2.8'],
        },
      },
      ['reconnects'],
      /9 short connections in a row\. 8 of them replaced/,
    ],
    [
      'wrong in what it says',
      {
        findings: [
          { severity: 'info', title: 'Info', details: [], firstCheck: 'x' },
          { severity: 'critical', title: 'Meters fall', details: ['1000 to 10'], firstCheck: 'Look at the meter.' },
        ] as unknown as Finding[],
      },
      ['conversation'],
      /^Meters fall: 1000 to 10\.$/,
    ],
  ])('says why one that is %s has trouble', (_what, parts, expected, summary) => {
    expect(problems(parts)).toEqual(expected);
    expect(diagnose(facts(parts)).summary).toMatch(summary);
  });

  it('says what to do about each problem', () => {
    const { checks } = diagnose(
      facts({ record: null, online: false, refused: [refused('unheard_of')], findings: null }),
    );
    for (const { state, toDo } of checks) expect(toDo === null).toBe(state === 'ok');
  });

  it.each<[string, Partial<DiagnosisFacts>]>([
    ['Redis is away', { online: null, refused: null }],
    ['ClickHouse is away', { findings: null }],
    ['nothing is recorded', { messages: 0 }],
  ])('says what it cannot know while %s', (_what, parts) => {
    const { summary, checks } = diagnose(facts(parts));
    expect(summary).toMatch(/^No problem was found, but not all could be checked: /);
    expect(checks.some(({ state }) => state === 'unknown')).toBe(true);
  });
});
