import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';
import { int32 } from './wire-values.ts';

export interface ConnectionChange {
  connected: boolean;
  connectionId: string;
  remoteAddress: string;
  /** WebSocket close code, on disconnect. */
  closeCode?: number;
  reason?: string;
}

export interface CommandResult {
  requestId: string;
  /** OCPP action sent. */
  action: string;
  /** Outcome kind, see CommandOutcome. */
  outcome: string;
  /** Status field of the charger's answer, where it has one. */
  status?: string;
  errorCode?: string;
  errorDescription?: string;
}

/** What happens to a station outside its CALLs: told through the same outbox, so in order with its messages. */
export class StationRecorder {
  private readonly commit: Commit;
  private readonly pod: string;

  constructor({ commit, pod }: { commit: Commit; pod: string }) {
    this.commit = commit;
    this.pod = pod;
  }

  /** A station let in unknown (EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS) gets its row here. */
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
    if (!change.connected) {
      await this.commit.entriesAlone([entry]);
      return;
    }
    await this.commit.withRows(async (sql) => {
      await sql.query(
        `INSERT INTO charge_points (cp_id, protocol) VALUES ($1, $2)
         ON CONFLICT (lower(cp_id)) DO UPDATE SET protocol = excluded.protocol, updated_at = now()
         WHERE charge_points.protocol IS DISTINCT FROM excluded.protocol`,
        [cpId, protocol],
      );
      return [entry];
    });
  }

  async recordCommand(cpId: string, protocol: string, result: CommandResult, now: Date): Promise<void> {
    await this.commit.entriesAlone([
      eventEntry({
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
          },
        },
      }),
    ]);
  }
}
