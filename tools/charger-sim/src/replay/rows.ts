import type { ItemOf } from '@ocpp-gw/client';
import type { ImpliedSession } from '@ocpp-gw/conversation';
import type { Difference } from './outcome.ts';

export type Row = ItemOf<'/api/v1/transactions'>;

/** What the gateway has of a session, beside what the recording implies. */
export interface SessionWithRow {
  session: ImpliedSession;
  row?: Row;
}

/** The newest row of each session. `idNow` says what the gateway calls a transaction now. */
export function matchRows(
  sessions: readonly ImpliedSession[],
  rows: readonly Row[],
  idNow: (recorded: string) => string,
): { matched: SessionWithRow[]; others: Row[] } {
  const left = new Set(rows.toSorted((one, other) => other.updated_at.localeCompare(one.updated_at)));
  const matched = sessions.map((session) => {
    const id = idNow(session.transactionId);
    const row = [...left].find((each) => each.transaction_id === id || each.station_transaction_id === id);
    if (row) left.delete(row);
    return { session, ...(row && { row }) };
  });
  return { matched, others: [...left] };
}

/** In what a row differs. `shiftMs` was added to the times; one that the gateway does not believe is not compared. */
export function compareRow(
  { session, row }: SessionWithRow,
  shiftMs: number,
  isBelieved: (time: Date) => boolean,
): Difference[] {
  const { transactionId: about, start, end, state } = session;
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
  if (start) {
    differTime('started_at', start, row.started_at);
    if (start.idToken !== undefined && start.idToken.toLowerCase() !== row.id_token?.toLowerCase())
      differ('id_token', start.idToken, row.id_token);
  }
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
