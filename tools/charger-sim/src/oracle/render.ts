import type { TrueMessage } from '../truth.ts';
import type { Finding, KeptTransaction } from './judge.ts';

const EXAMPLES = 12;
const LINES = 8;
const FIELDS = [
  'transaction_id',
  'state',
  'evse_id',
  'connector_id',
  'id_token',
  'started_at',
  'ended_at',
  'meter_start_wh',
  'meter_stop_wh',
  'energy_wh',
  'energy_reason',
  'end_inferred',
  'suspect_since',
  'suspect_reason',
  'unassigned_reason',
  'station_transaction_id',
  'revision',
];

/** How often what was found, by rule and misbehaviours, and an example of each kind: what was sent, what came of it. */
export function renderFindings(findings: readonly Finding[]): string {
  const kinds = [...Map.groupBy(findings, ({ rule, misbehaviours }) => `${rule}: ${named(misbehaviours)}`)];
  const sorted = kinds.toSorted(([, one], [, other]) => other.length - one.length);
  const examples = sorted.slice(0, EXAMPLES).flatMap(([, same]) => same.slice(0, 1));
  return [
    `${findings.length} findings, by rule and misbehaviours of the charger:`,
    ...sorted.map(([kind, { length }]) => `  ${String(length).padStart(4)}  ${kind}`),
    '',
    ...examples.flatMap(describe),
  ].join('\n');
}

function named(misbehaviours: readonly string[]): string {
  return misbehaviours.join(', ') || 'no misbehaviour';
}

function describe({ rule, cpId, what, misbehaviours, sent, came }: Finding): string[] {
  return [
    `${rule}: ${cpId} (${named(misbehaviours)}): ${what}`,
    ...excerpt(sent.filter(({ role }) => role !== 'update')).map(sentLine),
    ...excerpt(came).map((record) => `    came ${JSON.stringify(essence(record))}`),
  ];
}

function excerpt<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, LINES);
}

function sentLine({ role, registerWh, repeats, outcome, payload, answer }: TrueMessage): string {
  const again = repeats ? ' again' : '';
  return `    sent ${role}${again} at ${registerWh} Wh, ${outcome}: ${short(payload, 400)} -> ${short(answer, 120)}`;
}

function essence(record: KeptTransaction): object {
  const fields = Object.entries(record).filter(([name, value]) => FIELDS.includes(name) && Boolean(value));
  return Object.fromEntries(fields);
}

function short(value: unknown, length: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
