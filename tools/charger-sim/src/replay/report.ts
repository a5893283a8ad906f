import { RULES } from './compare.ts';
import type { Compared, Difference, Outcome } from './outcome.ts';

/** The lines for a person. */
export function reportOf(outcome: Outcome): string {
  const { cpId, version, answers, differences, notReplayed, gatewayCalls, rows } = outcome;
  const agree = answers.filter(({ agrees }) => agrees).length;
  return [
    `replayed as ${cpId} with OCPP ${version}: ${agree} of ${answers.length} answers agree, ` +
      `${gatewayCalls.came} CALLs of the gateway came, ${gatewayCalls.sentAgain} of them sent again as commands; ` +
      (rows === null
        ? 'rows were not compared (give --gateway and --token)'
        : `rows of ${rows} transactions were compared`),
    ...differences.flatMap(differenceLines),
    ...notReplayed.map(({ frame, action, why }) => `not replayed: line ${frame} ${action}: ${why}`),
    ...ruleLines(outcome),
    differences.length === 0
      ? 'ok: nothing differs'
      : `DIFFERENT: ${differences.length === 1 ? 'one difference' : `${differences.length} differences`}`,
  ].join('\n');
}

/** A CALL of the charge point with its answers. */
export function comparedLine({ frame, action, recorded, now, agrees }: Compared): string {
  return `line ${frame} ${action} ${agrees ? 'agrees' : 'differs'}: recorded ${text(recorded)}, now ${text(now)}`;
}

const KINDS: Readonly<Record<Difference['kind'], string>> = {
  answer: 'the answer to',
  'gateway-call': 'the CALL of the gateway',
  'missing-call': 'missing CALL of the gateway',
  'additional-call': 'additional CALL of the gateway',
  connection: 'the',
  row: 'the row of transaction',
};

function differenceLines({ kind, frame, about, at, recorded, now }: Difference): string[] {
  const where = frame === undefined ? '' : `line ${frame} `;
  return [
    `differs: ${where}${KINDS[kind]} ${about}${at === '' ? '' : `, ${at}`}`,
    `  recorded: ${text(recorded)}`,
    `  now:      ${text(now)}`,
  ];
}

/** Of each rule one line for each field, with its first values. */
function ruleLines({ byRule }: Outcome): string[] {
  const groups = Object.groupBy(byRule, ({ rule, about, at }) => `${rule}: ${about} ${at}`);
  return Object.entries(groups).flatMap(([name, all = []]) => {
    const [first] = all;
    if (!first) return [];
    const { recorded, now, rule } = first;
    return `by rule: ${name}, ${all.length === 1 ? 'once' : `${all.length} times`}, such as ${text(recorded)} and now ${text(now)}. ${RULES[rule]}`;
  });
}

/** A value as it is shown; an answer that never came is null. */
function text(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
