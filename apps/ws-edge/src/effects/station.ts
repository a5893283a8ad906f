import {
  endStateOf,
  storedEnd,
  type CommandCompleted,
  type CommandEnvelope,
  type CommandOutcome,
} from '@ocpp-gw/contracts';
import { GroupCommit, type OutboxEntry } from '@ocpp-gw/persistence';
import {
  int32,
  writeCommands,
  writeConnections,
  type CommandChange,
  type ConnectionSeen,
} from '@ocpp-gw/persistence/facts';
import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';
import { Unwritten } from './unwritten.ts';

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

/** The end of a command. */
export interface CommandEnd {
  commandId: string;
  /** OCPP action of the CALL that was sent, or the name of the command when none was made. */
  action: string;
  outcome: CommandOutcome;
  /** The charge point answered after the command had ended as a timeout. */
  late: boolean;
  origin?: CommandEnvelope['origin'];
  /** W3C trace context of the command. */
  traceparent?: string;
}

interface Happening {
  entry?: OutboxEntry;
  /** Of a connection that began or ended. */
  seen?: ConnectionSeen;
  /** Of a command whose CALL left, or that ended. */
  command?: CommandChange;
}

/**
 * Writes what happens to a charge point outside its CALLs. It is published through the same outbox and so in order with
 * its messages. A fleet that comes back at once shares transactions (docs/adr/0019).
 */
export class StationRecorder {
  private readonly commit: Commit;
  private readonly pod: string;
  private readonly group = new GroupCommit<Happening>({ commit: (happenings) => this.write(happenings) });
  /** Ends of commands: callers with a key get the answer only once it is written. */
  private readonly unwritten = new Unwritten<Happening>((end) => this.group.add([end]));

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

  /** The CALL of the command has left. */
  async recordSent(commandId: string, action: string, at: Date): Promise<void> {
    await this.group.add([{ command: { commandId, state: 'sent', action, at } }]);
  }

  /** Writes the end of a command and publishes it; while Postgres is away this fails, and is made up for later. */
  async recordCommand(cpId: string, protocol: string, end: CommandEnd, now: Date): Promise<void> {
    const { commandId, action, outcome, late, traceparent } = end;
    const entry = eventEntry({
      cpId,
      protocol,
      pod: this.pod,
      now,
      time: { at: now },
      traceparent,
      payload: { $case: 'commandCompleted', value: completed(end) },
    });
    const command: CommandChange = { commandId, action, at: now, late, ...storedEnd(outcome) };
    const happening = { entry, command };
    try {
      await this.group.add([happening]);
    } catch (error) {
      this.unwritten.keep(happening, error);
      throw error;
    }
  }

  private async write(happenings: readonly Happening[]): Promise<void> {
    const entries = happenings.flatMap(({ entry }) => entry ?? []);
    const connections = happenings.flatMap(({ seen }) => seen ?? []);
    const commands = happenings.flatMap(({ command }) => command ?? []);
    await this.commit.withRows(async (connection) => {
      if (connections.length > 0) await writeConnections(connection, connections);
      if (commands.length > 0) await writeCommands(connection, commands);
      return entries;
    });
  }
}

function completed({ commandId, action, outcome, late, origin }: CommandEnd): CommandCompleted {
  const error =
    outcome.kind === 'callerror'
      ? [outcome.code, outcome.description, outcome.standardCode]
      : outcome.kind === 'refused'
        ? [outcome.code, outcome.reason]
        : [];
  const [errorCode = '', errorDescription = '', standardErrorCode = ''] = error;
  return {
    commandId,
    action,
    outcome: outcome.kind,
    state: endStateOf(outcome),
    status: (outcome.kind === 'result' && outcome.status) || '',
    errorCode,
    errorDescription,
    standardErrorCode,
    late,
    requestId: origin?.requestId ?? '',
    caller: origin?.caller ?? '',
  };
}
