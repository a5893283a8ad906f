import { renderTable } from '@ocpp-gw/data-plane';
import type { Latency } from '../measure/histogram.ts';
import type { PhaseReport, Report } from './model.ts';
import { cautionsOf, problemsOf } from './verdicts.ts';

/** A table of the report, for the terminal and for the page. */
export interface Section {
  title: string;
  /** How to read it. */
  note?: string;
  rows: readonly (readonly string[])[];
}

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const LATENCY_TITLES = ['p50 ms', 'p90 ms', 'p99 ms', 'p99.9 ms', 'max ms'];

const whole = (value: number): string => WHOLE.format(value);
const orNothing = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));

function latencyCells({ p50, p90, p99, p999, max }: Latency): string[] {
  return [p50, p90, p99, p999, max].map((ms) => orNothing(ms, 1));
}

/** All that was found, table by table. Empty ones are left out. */
export function sectionsOf(report: Report): Section[] {
  return [
    phases(report),
    actions(report),
    returns(report),
    costs(report),
    memory(report),
    odd(report),
    generator(report),
    balance(report),
  ].filter(({ rows }) => rows.length > 1);
}

export function renderReport(report: Report): string {
  const head = [`load-test ${report.command}`.trim(), `${report.startedAt}, ${report.machine}`];
  const sections = sectionsOf(report).map(({ title, note, rows }) =>
    [title, ...(note ? [note] : []), '', renderTable(rows)].join('\n'),
  );
  const problems = problemsOf(report);
  const end = [
    ...cautionsOf(report),
    ...(problems.length === 0 ? ['Nothing is lost, and nothing was answered by an error.'] : problems),
  ];
  return [head.join('\n'), ...sections, end.join('\n')].join('\n\n');
}

function phases(report: Report): Section {
  const row = (phase: PhaseReport): string[] => [
    phase.name,
    phase.seconds.toFixed(0),
    whole(phase.planned),
    whole(phase.answered),
    whole(total(phase.errors)),
    whole(phase.answeredPerSecond),
    ...latencyCells(phase.latency),
  ];
  return {
    title: 'Phases',
    note: 'Milliseconds from when a message was planned to its answer; the phase lasts until all of its messages are answered.',
    rows: [
      ['phase', 'seconds', 'planned', 'answered', 'errors', 'answered/s', ...LATENCY_TITLES],
      ...report.phases.map(row),
    ],
  };
}

function actions({ actions }: Report): Section {
  return {
    title: 'Actions, over all phases',
    rows: [
      ['action', 'answered', ...LATENCY_TITLES],
      ...Object.entries(actions).map(([label, latency]) => [label, whole(latency.count), ...latencyCells(latency)]),
    ],
  };
}

function returns({ phases }: Report): Section {
  const rows = phases.flatMap(({ name, returns, connects, refused }): string[][] => {
    if (!returns) return [];
    const { away, back, half, nearlyAll, all } = returns;
    const times = [half, nearlyAll, all].map((seconds) => orNothing(seconds, 1));
    return [[name, whole(away), whole(back), ...times, orNothing(connects.p99, 0), inWords(refused)]];
  });
  return {
    title: 'Chargers that came, or came back',
    note: 'Seconds until half, 99 % and all of them had their first answer.',
    rows: [['phase', 'away', 'back', '50 % s', '99 % s', 'all s', 'handshake p99 ms', 'handshakes refused'], ...rows],
  };
}

/** The stack's processes, then the generator's. */
function namesOf(report: Report): string[] {
  const names = [...new Set(report.phases.flatMap(({ processes }) => Object.keys(processes)))];
  const isOwn = (name: string): boolean => report.generator.processes.includes(name);
  return [...names.filter((name) => !isOwn(name)), ...names.filter(isOwn)];
}

/** What is of the gateway, and not of the world outside. */
const OUTSIDE = 'mock backend';

function costs(report: Report): Section {
  const { phases, generator } = report;
  const names = namesOf(report);
  const gateway = names.filter((name) => name !== OUTSIDE && !generator.processes.includes(name));
  const costOf = ({ processes, answered }: PhaseReport, name: string): number | null => {
    const use = processes[name];
    return (answered > 0 ? use?.microsPerMessage : use?.cpuMsPerSecond) ?? null;
  };
  const sum = (phase: PhaseReport): string => whole(gateway.reduce((all, name) => all + (costOf(phase, name) ?? 0), 0));
  return {
    title: 'CPU',
    note:
      'µs for each answered message, user and system time, children included; where nothing is sent (empty, idle), ms a second instead. ' +
      'To boot is two messages of a charger.',
    rows: [
      ['process', ...phases.map(({ name }) => name)],
      ...names.map((name) => [name, ...phases.map((phase) => orNothing(costOf(phase, name), 0))]),
      ...(gateway.length > 0 ? [['the gateway together', ...phases.map(sum)]] : []),
    ],
  };
}

function memory(report: Report): Section {
  const { phases, kibPerIdleCharger } = report;
  const slopes = phases.filter(({ processes }) =>
    Object.values(processes).some(({ mibPerMinute }) => mibPerMinute !== null),
  );
  return {
    title: 'Memory',
    note: 'Resident MiB at the end (shared pages in parts), its slope in MiB a minute by phase, and KiB that a connected, silent charger adds.',
    rows: [
      ['process', 'MiB', ...slopes.map(({ name }) => `${name} MiB/min`), 'KiB/charger'],
      ...namesOf(report).map((name) => [
        name,
        orNothing(phases.at(-1)?.processes[name]?.mib ?? null, 0),
        ...slopes.map(({ processes }) => orNothing(processes[name]?.mibPerMinute ?? null, 2)),
        orNothing(kibPerIdleCharger?.[name] ?? null, 1),
      ]),
    ],
  };
}

function odd({ phases }: Report): Section {
  const rows = phases.flatMap(({ name, errors, unanswered, cutOff, closed, commands }) =>
    [
      ...Object.entries(errors).map(([what, times]): [string, number] => [`CALLERROR to ${what}`, times]),
      ['no answer in time', unanswered] as [string, number],
      ['cut off in flight, not sent again', cutOff] as [string, number],
      ...Object.entries(closed).map(([how, times]): [string, number] => [`connection ended unasked: ${how}`, times]),
      ...Object.entries(commands?.ends ?? {}).map(([end, times]): [string, number] => [
        `command over REST: ${end}`,
        times,
      ]),
    ]
      .filter(([, times]) => times > 0)
      .map(([what, times]) => [name, whole(times), what]),
  );
  return { title: 'Errors, losses and answers of REST', rows: [['phase', 'times', 'what'], ...rows] };
}

function generator({ generator: { processes, microsPerMessage, lagP99Ms, valid }, phases }: Report): Section {
  const loaded = phases.filter(({ perSecond }) => perSecond > 0);
  const late = phases.filter(({ lag }) => lag.count > 0).map(({ name, lag }) => `${name} ${orNothing(lag.p99, 0)}`);
  const bytes = loaded.reduce((sum, { bytesPerCall }) => sum + bytesPerCall, 0) / Math.max(1, loaded.length);
  return {
    title: 'The generator itself',
    note: 'How late it sent, at its 99th percentile. Its CPU is that of all its processes, this one included.',
    rows: [
      ['processes', 'bytes a call', 'CPU µs a message', 'late ms', 'late ms by phase', 'numbers are valid'],
      [
        String(processes.length),
        whole(bytes),
        orNothing(microsPerMessage, 0),
        lagP99Ms.toFixed(1),
        late.join(', '),
        valid ? 'yes' : 'NO',
      ],
    ],
  };
}

function balance({ balance: { started, ended, events, differences, seconds } }: Report): Section {
  return {
    title: 'Balance',
    note: 'What chargers saw acknowledged, beside what is kept: each transaction with its registers, each event once, nothing left to deliver.',
    rows: [
      ['transactions started', 'ended', 'events of 2.0.1', 'differences', 'agreed after s'],
      [
        whole(started),
        whole(ended),
        whole(events),
        whole(differences.length),
        differences.length === 0 ? seconds.toFixed(1) : 'never',
      ],
    ],
  };
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0);
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, times]) => `${whole(times)} × ${what}`)
    .join(', ');
}
