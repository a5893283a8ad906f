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
  const each = (counts: Readonly<Record<string, number>>, say: (what: string, times: string) => string): string[] =>
    Object.entries(counts).map(([what, times]) => `${name}: ${say(what, WHOLE.format(times))}`);
  const failed = Object.fromEntries(Object.entries(commands?.ends ?? {}).filter(([end]) => !/^2\d\d$/.test(end)));
  const missing = returns ? returns.away - returns.back : 0;
  return [
    ...each(errors, (what, times) => `${times} answered by an error: ${what}`),
    ...(unanswered > 0 ? [`${name}: ${WHOLE.format(unanswered)} messages had no answer in time`] : []),
    ...each(closed, (how, times) => `${times} connections ended unasked: ${how}`),
    ...(missing > 0 ? [`${name}: ${WHOLE.format(missing)} chargers never had an answer again`] : []),
    ...each(failed, (end, times) => `${times} commands were answered ${end}`),
  ];
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
