import { describe, expect, it } from '@jest/globals';
import type { Difference } from './reconciliation/facts.ts';
import { renderOutcome, type Outcome } from './report.ts';

const outcome: Outcome = {
  seed: 3,
  chargers: 2,
  misbehaving: 1,
  misbehavingSessions: 4,
  chaosMs: 30_000,
  settledMs: 4_200,
  acknowledged: [
    { cpId: 'CP1', kind: 'started', transactionId: '1', samples: [] },
    { cpId: 'CP1', kind: 'ended', transactionId: '1', samples: [{ at: 1, wh: 1 }] },
  ],
  differences: [],
  commands: 4,
  commandRetries: 5,
  commandEnds: new Map([
    ['409 charge-point-offline', 2],
    ['200', 7],
  ]),
  faults: new Map([
    ['redis', 2],
    ['edge-a', 1],
  ]),
  ownExits: new Map([['ingestor', 0]]),
  retries: new Map([['no answer', 4]]),
  refusals: new Map([['ECONNREFUSED', 3]]),
  reconnects: 5,
  worstAwayMs: 1234,
};

const line = (text: string, label: string): string =>
  text.split('\n').find((one) => one.trimStart().startsWith(label)) ?? '';

describe('renderOutcome', () => {
  it('shows what happened, in numbers', () => {
    const text = renderOutcome(outcome);
    expect(line(text, 'messages acknowledged')).toMatch(/ 2$/);
    expect(line(text, 'chargers that misbehave')).toMatch(/ 1 \(4 sessions\)$/);
    expect(line(text, 'of them ends')).toMatch(/ 1 \(1\.6: 1\)$/);
    expect(line(text, 'lost')).toMatch(/ 0$/);
    expect(line(text, 'commands  ')).toMatch(/ 4$/);
    expect(line(text, 'requests for them again')).toMatch(/ 5$/);
    expect(line(text, '409 charge-point-offline')).toMatch(/ 2$/);
    expect(line(text, 'command violations')).toMatch(/ 0$/);
    expect(line(text, 'faults  ')).toMatch(/ 3$/);
    expect(line(text, 'redis')).toMatch(/ 2$/);
    expect(line(text, 'messages sent again')).toMatch(/ 4 \(no answer: 4\)$/);
    expect(line(text, 'connections refused')).toMatch(/ 3 \(ECONNREFUSED: 3\)$/);
    expect(line(text, 'services that ended unasked')).toMatch(/ 0$/);
    expect(line(text, 'worst time to reconnect')).toMatch(/ 1\.2 s$/);
    expect(text).toMatch(/The records agree\.$/);
  });

  it('counts every difference and shows the first ten', () => {
    const differences = Array.from({ length: 12 }, (_, index): Difference => {
      return { system: 'ClickHouse', fault: index % 2 ? 'lost' : 'doubled', cpId: 'CP1', what: `sample ${index}` };
    });
    const text = renderOutcome({ ...outcome, differences });
    expect(line(text, 'lost')).toMatch(/ 6$/);
    expect(line(text, 'doubled')).toMatch(/ 6$/);
    expect(text).toContain('12 differences');
    expect(text.split('\n').filter((one) => one.includes('CP1 sample'))).toHaveLength(10);
    expect(line(text, 'records agreed after healing')).toMatch(/never$/);
  });

  it('counts what is wrong with commands apart from what is wrong with messages', () => {
    const differences: Difference[] = [{ system: 'commands', fault: 'doubled', cpId: 'CP1', what: 'marker-1' }];
    const text = renderOutcome({ ...outcome, differences });
    expect(line(text, 'doubled')).toMatch(/ 0$/);
    expect(line(text, 'other differences')).toMatch(/ 0$/);
    expect(line(text, 'command violations')).toMatch(/ 1$/);
  });
});
