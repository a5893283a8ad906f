import type { ItemOf } from '@ocpp-gw/client';
import type { ImpliedSession } from '@ocpp-gw/conversation';
import type { Difference } from './outcome.ts';

export type Row = ItemOf<'/api/v1/transactions'>;

/** What the gateway has of a session, beside what the recording implies. */
export interface SessionWithRow {
  session: ImpliedSession;
  row?: Row;
}

/**
 * The row of each session. `idNow` says what the gateway calls a transaction now. Of several sessions with one id, and of rows that
 * the gateway had before, the newest rows count, in the order of their starts.
 */
export function matchRows(
  sessions: readonly ImpliedSession[],
  rows: readonly Row[],
  idNow: (recorded: string) => string,
): { matched: SessionWithRow[]; others: Row[] } {
  const left = new Set(rows);
  const byId = Object.groupBy(sessions, ({ transactionId }) => transactionId);
  const matched = Object.entries(byId).flatMap(([recorded, same = []]) => {
    const id = idNow(recorded);
    const found = rows
      .filter((row) => row.transaction_id === id || row.station_transaction_id === id)
      .toSorted((one, other) => other.updated_at.localeCompare(one.updated_at))
      .slice(0, same.length)
      .toSorted((one, other) => startOf(one).localeCompare(startOf(other)));
    for (const row of found) left.delete(row);
    return same.map((session, index) => ({ session, ...(found[index] && { row: found[index] }) }));
  });
  return { matched, others: [...left] };
}

function startOf({ started_at, updated_at }: Row): string {
  return started_at ?? updated_at;
}

/** In what a row differs. `shiftMs` was added to the times; one that the gateway does not believe is not compared. */
export function compareRow(
  { session, row }: SessionWithRow,
  shiftMs: number,
  isBelieved: (time: Date) => boolean,
): Difference[] {
  const { transactionId: about, start, end, state, idToken } = session;
  if (!row) return [{ kind: 'row', about, at: '', recorded: `a session that is ${state}`, now: 'no row' }];
  const differences: Difference[] = [];
  const differ = (at: string, recorded: unknown, now: unknown): void => {
    if (recorded !== now) differences.push({ kind: 'row', about, at, recorded, now });
  };
  const differTime = (at: string, time: { at: Date; assumed: boolean } | undefined, now: string | null): void => {
    const moved = time && new Date(time.at.getTime() + shiftMs);
    // A time that is not believed is replaced by that of the receipt.
    if (moved && (time.assumed || !isBelieved(moved))) return;
    differ(at, moved?.toISOString() ?? null, now && new Date(now).toISOString());
  };
  differTime('started_at', start, row.started_at);
  if (idToken?.toLowerCase() !== row.id_token?.toLowerCase()) differ('id_token', idToken, row.id_token);
  differ('evse_id', session.evseId, row.evse_id);
  differ('meter_start_wh', session.meterStartWh, row.meter_start_wh);
  differ('energy_wh', session.energyWh, row.energy_wh);
  // The gateway concluded that it has ended; the recording shows no end.
  if (!end && row.end_inferred !== null) return differences;
  differ('state', state, row.state);
  differTime('ended_at', end, row.ended_at);
  differ('stop_reason', end?.reason ?? null, row.stop_reason);
  differ('meter_stop_wh', session.meterStopWh, row.meter_stop_wh);
  return differences;
}

/** Rows that belong to no session of the recording. A stop that fits no session has a row of its own. */
export function compareOthers(rows: readonly Row[], unassignedStops: number): Difference[] {
  const unassigned = rows.filter(({ unassigned_reason }) => unassigned_reason !== null).length;
  const additional = rows.filter(
    ({ unassigned_reason, assigned_to }) => unassigned_reason === null && assigned_to === null,
  );
  return [
    ...additional.map(({ transaction_id: about, state }): Difference => ({
      ...{ kind: 'row', about, at: '', recorded: 'no session', now: `a row that is ${state}` },
    })),
    ...(unassigned === unassignedStops ? [] : [stopsDiffer(unassignedStops, unassigned)]),
  ];
}

function stopsDiffer(recorded: number, now: number): Difference {
  return { kind: 'row', about: 'unassigned stops', at: 'number of them', recorded, now };
}
