import { LAG_BOUND_MS, type PhaseReport, type Report } from './model.ts';

const WHOLE = new Intl.NumberFormat('en');

/** What went wrong, a sentence each; the run is good when there is none. */
export function problemsOf({ phases, balance }: Report): string[] {
  const { differences } = balance;
  const [first] = differences;
  return [
    ...phases.flatMap(problemsOfPhase),
    ...(first
      ? [
          `${WHOLE.format(differences.length)} differences between what chargers saw acknowledged and what is kept, the first: ` +
            `${first.fault} in ${first.system}: ${first.cpId} ${first.what}`.trimEnd(),
        ]
      : []),
  ];
}

function problemsOfPhase({ name, errors, unanswered, closed, returns, commands }: PhaseReport): string[] {
  const failed = Object.fromEntries(Object.entries(commands?.ends ?? {}).filter(([end]) => !/^2\d\d$/.test(end)));
  const missing = returns ? returns.away - returns.back : 0;
  return [
    ...sentence(errors, 'messages were answered by an error'),
    ...(unanswered > 0 ? [`${WHOLE.format(unanswered)} messages had no answer in time`] : []),
    ...sentence(closed, 'connections ended unasked'),
    ...(missing > 0 ? [`${WHOLE.format(missing)} chargers never had an answer again`] : []),
    ...sentence(failed, 'commands failed'),
  ].map((problem) => `${name}: ${problem}`);
}

function sentence(counts: Readonly<Record<string, number>>, what: string): string[] {
  const times = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const each = Object.entries(counts).map(([one, n]) => `${WHOLE.format(n)} × ${one}`);
  return times > 0 ? [`${WHOLE.format(times)} ${what}: ${each.join(', ')}`] : [];
}

/** What the reader must know before believing a number. */
export function cautionsOf({ generator }: Report): string[] {
  return generator.valid
    ? []
    : [
        `The numbers are NOT valid: the generator itself was late by ${generator.lagP99Ms.toFixed(0)} ms at its 99th percentile ` +
          `(at most ${LAG_BOUND_MS} ms). Use a quieter machine, more --processes, or --pin.`,
      ];
}
