import { isKind, type Entry } from '@ocpp-gw/persistence/facts';

/**
 * What goes first when more waits than one Postgres transaction takes: what changes a transaction (0), then all else (1), and
 * readings that belong to no transaction last (2).
 */
export function commitRank(entries: readonly Entry[]): number {
  if (entries.some(({ transactions }) => transactions !== undefined)) return 0;
  return entries.every((entry) => isKind('meterValues', entry) && (entry.effect.transactionId ?? null) === null)
    ? 2
    : 1;
}
