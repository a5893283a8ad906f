import { GroupCommit, type OutboxEntry } from '@ocpp-gw/persistence';
import { int32, writeConnections, type ConnectionSeen } from '@ocpp-gw/persistence/facts';
import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';

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
  /** W3C trace context of the command. */
  traceparent?: string;
}

interface Happening {
  entry: OutboxEntry;
  /** Of a connection that began or ended. */
  seen?: ConnectionSeen;
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
    const { connected, lastSeen } = change;
    await this.group.add([{ entry, seen: { station: { cpId, protocol }, connected, lastSeen } }]);
  }

  async recordCommand(cpId: string, protocol: string, result: CommandResult, now: Date): Promise<void> {
    const entry = eventEntry({
      cpId,
      protocol,
      pod: this.pod,
      now,
      time: { at: now },
      traceparent: result.traceparent,
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
    await this.group.add([{ entry }]);
  }

  private async write(happenings: readonly Happening[]): Promise<void> {
    const entries = happenings.map(({ entry }) => entry);
    const connections = happenings.flatMap(({ seen }) => seen ?? []);
    if (connections.length === 0) await this.commit.entriesAlone(entries);
    else
      await this.commit.withRows(async (connection) => {
        await writeConnections(connection, connections);
        return entries;
      });
  }
}
