import type { Difference } from '../reconciliation/facts.ts';
import type { Absence } from '../gateway/watched-service.ts';
import { nameOfEnd, type SentCommand } from './facts.ts';

/** Problems that promise that the charger was not asked. */
const NOTHING_SENT = new Set([
  'charge-point-not-found',
  'charge-point-not-accepted',
  'charge-point-moved',
  'charge-point-offline',
  'command-expired',
  'dependency-unavailable',
  'not-supported',
  'not-taken',
]);

export interface CommandRecords {
  sent: readonly SentCommand[];
  /** Markers that each charger got, by its identity. */
  received: ReadonlyMap<string, readonly string[]>;
  /** When command-api was killed: only then may a connection to it break. */
  absences: readonly Absence[];
}

/** The differences between the answers to callers and the commands that chargers received. */
export function commandDifferences({ sent, received, absences }: CommandRecords): Difference[] {
  const times = new Map(
    [...received].map(([cpId, markers]) => [cpId, Map.groupBy(markers, (marker) => marker)] as const),
  );
  return sent.flatMap((command): Difference[] => {
    const got = times.get(command.cpId)?.get(command.marker)?.length ?? 0;
    return [...faultOfEnd(command, absences), ...faultOfReceipt(command, got)].map((fault) => ({
      system: 'commands',
      fault,
      cpId: command.cpId,
      what: `command ${command.marker}: ${nameOfEnd(command.end)}, received ${got}×`,
    }));
  });
}

function faultOfEnd({ end, from, to }: SentCommand, absences: readonly Absence[]): Difference['fault'][] {
  if (end.kind === 'silence') return ['unanswered'];
  if (end.kind === 'answer') return end.explicit ? [] : ['unexplained'];
  return absences.some((absence) => absence.from <= to && from <= absence.to) ? [] : ['unexplained'];
}

function faultOfReceipt({ end }: SentCommand, got: number): Difference['fault'][] {
  if (got > 1) return ['doubled'];
  if (end.kind !== 'answer') return [];
  if (end.status < 300) return got === 0 ? ['lost'] : [];
  return got > 0 && NOTHING_SENT.has(end.problem ?? '') ? ['wrong'] : [];
}
