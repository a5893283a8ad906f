import type { FieldRule } from '@ocpp-gw/ocpp-j';
import type { TestCase } from './test-case.ts';
import type { TestResult } from './results.ts';

/** What a protocol version has, and what is to be shown for it. */
export interface Subject {
  /** As in the titles of the tests: `OCPP 1.6`. */
  version: string;
  /** Folder of the protocol library, relative to the repository. */
  library: string;
  inbound: readonly string[];
  outbound: readonly string[];
  cases: readonly TestCase[];
  rules: readonly FieldRule[];
}

const NOT_COVERED = '**not covered**';

/** The conformance document: every message and test case with the tests that passed for it, or none. */
export function conformanceMatrix(subject: Subject, results: readonly TestResult[]): string {
  const passed = results.filter(({ passed: good }) => good);
  const failed = new Set(results.filter(({ passed: good }) => !good).map(titleOf));
  const shown = passed.filter((test) => !failed.has(titleOf(test)));
  return [messages(subject, shown), cases(subject, shown), behaviours(subject, shown)].join('\n\n');
}

function titleOf({ path }: TestResult): string {
  return path.join(' ');
}

/** How many rows of the document show no test. */
export function uncovered(document: string): number {
  return document.split('\n').filter((line) => line.startsWith('|') && line.includes(NOT_COVERED)).length;
}

function messages({ version, library, inbound, outbound }: Subject, shown: readonly TestResult[]): string {
  const row = (action: string, direction: 'in' | 'out'): string[] => {
    const folder = direction === 'in' ? 'actions' : 'commands';
    const schemas = ['req', 'conf'].map((side) => `${version} ${action}.${side}`);
    const outside = direction === 'in' ? `sends ${action}` : `answers ${action}`;
    return [
      action,
      links(
        schemas.every((title) => shown.some(({ path }) => path.includes(title)))
          ? shown.filter(({ path }) => schemas.some((title) => path.includes(title)))
          : [],
      ),
      links(shown.filter(({ path, file }) => file.startsWith(`${library}/src/${folder}/`) && path[0] === action)),
      links(shown.filter(({ path }) => path.some((title) => title === `${version} outside charger ${outside}`))),
    ];
  };
  const heading = (direction: string, deed: string): string[] => [
    direction,
    'schemas round-trip',
    deed,
    'outside charger',
  ];
  return [
    `## ${version}: messages`,
    table(
      heading('charge point to CSMS', 'decided'),
      inbound.map((action) => row(action, 'in')),
    ),
    table(
      heading('CSMS to charge point', 'translated and mirrored'),
      outbound.map((action) => row(action, 'out')),
    ),
  ].join('\n\n');
}

function cases({ version, cases: all }: Subject, shown: readonly TestResult[]): string {
  const rows = all.map(({ id, profile, title }) => [
    `TC_${id}`,
    profile,
    title,
    links(shown.filter(({ path }) => path.at(-1) === `TC_${id} ${title}`)),
  ]);
  const covered = rows.filter((row) => row.at(-1) !== NOT_COVERED).length;
  return [
    `## ${version}: test cases of the CSMS`,
    `${covered} of ${all.length} are shown by a test over a real socket and the real data plane.`,
    table(['case', 'profile', 'title', 'shown by'], rows),
  ].join('\n\n');
}

function behaviours({ version, rules }: Subject, shown: readonly TestResult[]): string {
  const rows = rules.map(({ id, behaviour, where, lenient, strict }) => [
    String(behaviour),
    `\`${id}\``,
    lenient,
    strict,
    links(
      shown.filter(({ path }) =>
        path.some((title) => isOf(title, behaviour, versionFree(where) ? undefined : version)),
      ),
    ),
  ]);
  return [
    `## ${version}: what chargers really do`,
    'Each is counted in `eveys_ocpp_ws_deviations_total` by rule and logged once a connection; the numbers are those of [protocol-notes.md](protocol-notes.md), section 4.',
    table(['no.', 'rule', 'lenient', 'strict', 'shown by'], rows),
  ].join('\n\n');
}

/** What the edge does the same for every version. */
function versionFree(where: FieldRule['where']): boolean {
  return where === 'session' || where === 'handshake';
}

/** Titles name 2.0.1 where they speak of it. */
function isOf(title: string, behaviour: number, version: string | undefined): boolean {
  if (!title.startsWith(`field behaviour ${behaviour}:`)) return false;
  return version === undefined || title.includes('2.0.1') === version.includes('2.0.1');
}

/** One link a file, the test count beside it; documents stand in docs/. */
function links(tests: readonly TestResult[]): string {
  if (tests.length === 0) return NOT_COVERED;
  const byFile = Map.groupBy(tests, ({ file }) => file);
  return [...byFile.keys()]
    .sort()
    .map((file) => `[${file.split('/').at(-1)}](../${file})`)
    .join(' ');
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}
