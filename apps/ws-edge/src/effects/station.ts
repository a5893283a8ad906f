import { GroupCommit, type OutboxEntry, type Sql } from '@ocpp-gw/persistence';
import type { Commit } from './commit.ts';
import type { Station } from './entry.ts';
import { eventEntry } from './events.ts';
import { int32, recordset } from './wire-values.ts';

export interface ConnectionChange {
  connected: boolean;
  connectionId: string;
  remoteAddress: string;
  /** WebSocket close code of a disconnect. */
  closeCode?: number;
  reason?: string;
  /** When the charge point last sent something. */
  lastSeen: Date;
}

export interface CommandResult {
  requestId: string;
  /** OCPP action of the CALL that was sent. */
  action: string;
  /** Kind of the outcome, see CommandOutcome. */
  outcome: string;
  /** Status in the answer of the charge point, when it has one. */
  status?: string;
  errorCode?: string;
  /** The code of the specification that `errorCode` stands for. */
  standardErrorCode?: string;
  errorDescription?: string;
}

interface Happening {
  station: Station;
  /** Whether the charge point has connected and must get its row. */
  came: boolean;
  /** When the charge point last sent something, if that is to be written. */
  lastSeen?: Date;
  entry: OutboxEntry;
}

/**
 * Writes what happens to a charge point outside its CALLs. It is published through the same outbox and so in order with
 * its messages. A fleet that comes back at once shares transactions (docs/adr/0019).
 */
export class StationRecorder {
  private readonly commit: Commit;
  private readonly pod: string;
  private readonly group = new GroupCommit<Happening>({ commit: (happenings) => this.write(happenings) });

  constructor({ commit, pod }: { commit: Commit; pod: string }) {
    this.commit = commit;
    this.pod = pod;
  }

  /** An unknown charge point that was accepted (EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS) gets its row here. */
  async recordConnection(cpId: string, protocol: string, change: ConnectionChange, now: Date): Promise<void> {
    const entry = eventEntry({
      cpId,
      protocol,
      pod: this.pod,
      now,
      time: { at: now },
      payload: {
        $case: 'connectionChanged',
        value: {
          connected: change.connected,
          connectionId: change.connectionId,
          remoteAddress: change.remoteAddress,
          closeCode: int32(change.closeCode ?? 0),
          reason: change.reason ?? '',
        },
      },
    });
    await this.group.add([{ station: { cpId, protocol }, came: change.connected, lastSeen: change.lastSeen, entry }]);
  }

  async recordCommand(cpId: string, protocol: string, result: CommandResult, now: Date): Promise<void> {
    const entry = eventEntry({
      cpId,
      protocol,
      pod: this.pod,
      now,
      time: { at: now },
      payload: {
        $case: 'commandCompleted',
        value: {
          requestId: result.requestId,
          action: result.action,
          outcome: result.outcome,
          status: result.status ?? '',
          errorCode: result.errorCode ?? '',
          errorDescription: result.errorDescription ?? '',
          standardErrorCode: result.standardErrorCode ?? '',
        },
      },
    });
    await this.group.add([{ station: { cpId, protocol }, came: false, entry }]);
  }

  private async write(happenings: readonly Happening[]): Promise<void> {
    const entries = happenings.map(({ entry }) => entry);
    const came = happenings.filter((one) => one.came);
    const seen = happenings.filter((one) => one.lastSeen);
    if (seen.length === 0) await this.commit.entriesAlone(entries);
    else
      await this.commit.withRows(async (sql) => {
        await writeStations(sql, came);
        await writeLastSeen(sql, seen);
        return entries;
      });
  }
}

async function writeStations(sql: Sql, came: readonly Happening[]): Promise<void> {
  if (came.length === 0) return;
  await sql.query(
    `INSERT INTO charge_points (cp_id, protocol)
     SELECT cp_id, protocol FROM jsonb_to_recordset($1::jsonb) AS station (cp_id text, protocol text)
     ORDER BY lower(cp_id)
     ON CONFLICT (lower(cp_id)) DO UPDATE SET protocol = excluded.protocol, updated_at = now()
     WHERE charge_points.protocol IS DISTINCT FROM excluded.protocol`,
    [recordset(came.map(({ station: { cpId, protocol } }) => ({ cp_id: cpId, protocol })))],
  );
}

/** Rows are locked in the order in which all others lock them. */
async function writeLastSeen(sql: Sql, seen: readonly Happening[]): Promise<void> {
  await sql.query(
    `UPDATE charge_points SET last_seen_at = locked.seen_at
     FROM (
       SELECT known.cp_id, told.seen_at
       FROM (
         SELECT lower(cp_id) AS key, max(seen_at) AS seen_at
         FROM jsonb_to_recordset($1::jsonb) AS one (cp_id text, seen_at timestamptz) GROUP BY 1) told
       JOIN charge_points known ON lower(known.cp_id) = told.key
       ORDER BY told.key FOR NO KEY UPDATE OF known) locked
     WHERE charge_points.cp_id = locked.cp_id
       AND (charge_points.last_seen_at < locked.seen_at OR charge_points.last_seen_at IS NULL)`,
    [recordset(seen.map(({ station: { cpId }, lastSeen }) => ({ cp_id: cpId, seen_at: lastSeen })))],
  );
}
