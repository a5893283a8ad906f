import type { TrueSession } from '@ocpp-gw/charger-sim';
import type { Verdict } from './verdict.ts';

const EXAMPLES = 25;
const RANK = { exact: 0, flagged: 1, wrong: 2 } as const;

/** The tables of a run: by misbehaviour as sessions, by view as comparisons, and examples of what is wrong. */
export function renderRun(verdicts: readonly Verdict[], sessions: readonly TrueSession[]): string {
  const wrong = verdicts.filter(({ outcome }) => outcome === 'wrong');
  return [
    table(['case', 'sessions', 'exact', 'flagged', 'wrong'], caseRows(verdicts, sessions)),
    '',
    table(['view', 'compared', 'exact', 'flagged', 'wrong'], viewRows(verdicts)),
    ...(wrong.length === 0 ? [] : ['', 'Wrong and not flagged:', ...examples(wrong, sessions)]),
  ].join('\n');
}

/** A session is what the worst verdict about it is. */
function caseRows(verdicts: readonly Verdict[], sessions: readonly TrueSession[]): string[][] {
  const by = Map.groupBy(verdicts, ({ cpId, session }) => `${cpId} ${session}`);
  const judged = sessions.map((session) => {
    const all = by.get(`${session.cpId} ${session.session}`) ?? [];
    const worst = all.toSorted((one, other) => RANK[other.outcome] - RANK[one.outcome])[0];
    return { names: session.misbehaviours, outcome: worst?.outcome ?? 'exact', all };
  });
  const names = ['as specified', ...new Set(sessions.flatMap(({ misbehaviours }) => misbehaviours).toSorted())];
  return names.map((name) => {
    const of = judged.filter(({ names: own }) => (own.length === 0 ? name === 'as specified' : own.includes(name)));
    const reasons = of.filter(({ outcome }) => outcome === 'flagged').flatMap(({ all }) => all);
    return [
      name,
      String(of.length),
      ...counted(
        of.map(({ outcome }) => outcome),
        reasons,
      ),
    ];
  });
}

function viewRows(verdicts: readonly Verdict[]): string[][] {
  return [...Map.groupBy(verdicts, ({ source }) => source)].map(([source, all]) => [
    source,
    String(all.length),
    ...counted(
      all.map(({ outcome }) => outcome),
      all,
    ),
  ]);
}

function counted(outcomes: readonly Verdict['outcome'][], reasoned: readonly Verdict[]): string[] {
  const count = (wanted: Verdict['outcome']): number => outcomes.filter((outcome) => outcome === wanted).length;
  const reasons = [...new Set(reasoned.flatMap(({ reason }) => reason ?? []))].toSorted();
  const flagged = count('flagged');
  return [String(count('exact')), flagged === 0 ? '0' : `${flagged} (${reasons.join(', ')})`, String(count('wrong'))];
}

function examples(wrong: readonly Verdict[], sessions: readonly TrueSession[]): string[] {
  const manners = new Map(sessions.map(({ cpId, misbehaviours }) => [cpId, misbehaviours.join(', ')]));
  return [...Map.groupBy(wrong, ({ source }) => source).values()]
    .flatMap((all) => all.slice(0, 4))
    .slice(0, EXAMPLES)
    .map(
      ({ source, cpId = '', session = '', what = '' }) =>
        `- ${source}: ${cpId} (${manners.get(cpId) ?? ''}) session ${session}: ${what}`,
    );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
