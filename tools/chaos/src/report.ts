import type { Acknowledged, Difference } from './reconciliation/facts.ts';

const SHOWN = 10;

export interface Outcome {
  seed: number;
  chargers: number;
  /** Chargers that misbehave, and the sessions that they did. */
  misbehaving: number;
  misbehavingSessions: number;
  /** How long faults were injected. */
  chaosMs: number;
  /** From the last healing until the records agreed, or the timeout was over. */
  settledMs: number;
  acknowledged: readonly Acknowledged[];
  differences: readonly Difference[];
  commands: number;
  /** Requests for commands that were asked for before. */
  commandRetries: number;
  /** How often requests for commands ended in which way. */
  commandEnds: ReadonlyMap<string, number>;
  /** By target. */
  faults: ReadonlyMap<string, number>;
  /** Services that ended by themselves. */
  ownExits: ReadonlyMap<string, number>;
  retries: ReadonlyMap<string, number>;
  /** Why connections were not made, by what the charger saw. */
  refusals: ReadonlyMap<string, number>;
  reconnects: number;
  worstAwayMs: number;
}

/** The table, and the first differences below it. */
export function renderOutcome(outcome: Outcome): string {
  const { acknowledged, differences, commands, commandRetries, commandEnds } = outcome;
  const violations = differences.filter(({ system }) => system === 'commands').length;
  const count = (fault: Difference['fault']): number =>
    differences.filter((one) => one.system !== 'commands' && one.fault === fault).length;
  const lines: [string, string | number][] = [
    ['seed, chargers', `${outcome.seed}, ${outcome.chargers}`],
    ['faults injected for', seconds(outcome.chaosMs)],
    ['messages acknowledged', acknowledged.length],
    ['  of them ends of transactions', inWords(transactionsByVersion(acknowledged))],
    ['  meter samples in them', acknowledged.reduce((sum, { samples }) => sum + samples.length, 0)],
    ['chargers that misbehave', `${outcome.misbehaving} (${outcome.misbehavingSessions} sessions)`],
    ['lost', count('lost')],
    ['doubled', count('doubled')],
    ['other differences', differences.length - violations - count('lost') - count('doubled')],
    ['commands', commands],
    ['  requests for them again', commandRetries],
    ...[...commandEnds].toSorted().map(([end, times]): [string, number] => [`  ${end}`, times]),
    ['command violations', violations],
    ['faults', total(outcome.faults)],
    ...[...outcome.faults].map(([target, times]): [string, number] => [`  ${target}`, times]),
    ['services that ended unasked', inWords(outcome.ownExits)],
    ['messages sent again', inWords(outcome.retries)],
    ['connections refused', inWords(outcome.refusals)],
    ['reconnects', outcome.reconnects],
    ['worst time to reconnect', seconds(outcome.worstAwayMs)],
    ['records agreed after healing', differences.length === 0 ? seconds(outcome.settledMs) : 'never'],
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  const table = lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
  const shown = differences
    .slice(0, SHOWN)
    .map(({ system, fault, cpId, what }) => `  ${system}: ${fault}: ${cpId} ${what}`);
  const kinds = Map.groupBy(differences, ({ system, fault }) => `${system}: ${fault}`);
  const verdict =
    differences.length === 0
      ? ['The records agree.']
      : [
          `${differences.length} differences:`,
          ...[...kinds].map(([kind, { length }]) => `  ${kind}  ${length}`),
          'The first of them:',
          ...shown,
        ];
  return [...table, '', ...verdict].join('\n');
}

/** 2.0.1 numbers its events, 1.6 does not. */
function transactionsByVersion(acknowledged: readonly Acknowledged[]): Map<string, number> {
  const ends = acknowledged.filter(({ kind }) => kind === 'ended');
  const numbered = ends.filter(({ seqNo }) => seqNo !== undefined).length;
  return new Map([
    ['1.6', ends.length - numbered],
    ['2.0.1', numbered],
  ]);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, times) => sum + times, 0);
}

function inWords(counts: ReadonlyMap<string, number>): string {
  const parts = [...counts].filter(([, times]) => times > 0).map(([what, times]) => `${what}: ${times}`);
  return parts.length === 0 ? '0' : `${total(counts)} (${parts.join(', ')})`;
}
