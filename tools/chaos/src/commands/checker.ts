import type { Difference } from '../reconciliation/facts.ts';
import type { Absence } from '../gateway/watched-service.ts';
import { agree } from './agreement.ts';
import { countedEnds, type Ask, type KeptCommand, type SentCommand, type Transfer } from './facts.ts';
import { isSettled } from './caller.ts';
import { faultsOfKept } from './truth.ts';

/** Problems that promise that the charger was not asked. */
const NOTHING_SENT = new Set([
  'charge-point-not-found',
  'charge-point-not-accepted',
  'charge-point-moved',
  'charge-point-offline',
  'command-expired',
  'not-supported',
  'not-taken',
]);
/** Promises it only to a caller who asks once: another request with the same key may have sent it. */
const NOTHING_SENT_BY_THIS = 'dependency-unavailable';

/** How many of one command's answers, receipts and rows a difference names. */
const SHOWN = 3;

export interface CommandRecords {
  sent: readonly SentCommand[];
  /** What each charger got, by its identity. */
  received: ReadonlyMap<string, readonly Transfer[]>;
  /** The commands as REST shows them. */
  kept: readonly KeptCommand[];
  /** When each command-api was killed: only then may a connection to it break. */
  absences: readonly (readonly Absence[])[];
}

/** The differences between the answers to callers, the commands as they are kept, and those that chargers received. */
export function commandDifferences({ sent, received, kept, absences }: CommandRecords): Difference[] {
  const transfers = new Map(
    [...received].map(([cpId, all]) => [cpId, Map.groupBy(all, ({ marker }) => marker)] as const),
  );
  const commands = Map.groupBy(kept, ({ marker }) => marker);
  return sent.flatMap((command): Difference[] => {
    const { cpId, marker, keyed, asks } = command;
    const got = transfers.get(cpId)?.get(marker) ?? [];
    const rows = commands.get(marker) ?? [];
    const faults = new Set<Difference['fault']>([
      ...asks.flatMap((ask) => faultOfAsk(ask, keyed, absences[ask.api] ?? [])),
      ...(keyed && !asks.some(({ end }) => isSettled(end)) ? (['unanswered'] as const) : []),
      ...faultOfReceipt(command, got.length),
      ...faultsOfKept(rows, got),
      ...(keyed && !agree(asks, rows[0]) ? (['disagreeing'] as const) : []),
    ]);
    return [...faults].map((fault) => ({ system: 'commands', fault, cpId, what: inWords(command, got, rows) }));
  });
}

function faultOfAsk({ end, from, to }: Ask, keyed: boolean, absences: readonly Absence[]): Difference['fault'][] {
  if (end.kind === 'answer') return end.explicit ? [] : ['unexplained'];
  // Who has a key asks again.
  if (keyed) return [];
  if (end.kind === 'silence') return ['unanswered'];
  return absences.some((absence) => absence.from <= to && from <= absence.to) ? [] : ['unexplained'];
}

function faultOfReceipt({ asks, keyed }: SentCommand, got: number): Difference['fault'][] {
  if (got > 1) return ['doubled'];
  return asks.flatMap(({ end }): Difference['fault'][] => {
    if (end.kind !== 'answer') return [];
    if (end.status < 300) return got === 0 ? ['lost'] : [];
    const problem = end.problem ?? '';
    // Refused before there was a command: the same key may make one later.
    if (keyed && end.commandId === undefined) return [];
    const nothing = NOTHING_SENT.has(problem) || (!keyed && problem === NOTHING_SENT_BY_THIS);
    return got > 0 && nothing ? ['wrong'] : [];
  });
}

function inWords(command: SentCommand, got: readonly Transfer[], rows: readonly KeptCommand[]): string {
  const answers = [...countedEnds([command])].map(([end, times]) => `${times}× ${end}`).join(', ');
  const reasons = command.asks.flatMap(({ end }) => (end.kind === 'broken' ? end.reason : []));
  const broken = inShort([...new Set(reasons)]);
  const answered = inShort(got.map((transfer) => transfer.answered));
  const kept = inShort(rows.map(({ commandId, state, problem = '' }) => `${commandId} ${state} ${problem}`.trim()));
  return `command ${command.marker}: ${answers}${broken}; received ${got.length}×${answered}; kept ${rows.length}×${kept}`;
}

/** The first of them in brackets. */
function inShort(parts: readonly string[]): string {
  if (parts.length === 0) return '';
  return ` (${parts.slice(0, SHOWN).join(', ')}${parts.length > SHOWN ? ', …' : ''})`;
}
