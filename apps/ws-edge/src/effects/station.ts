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
  writeHeard,
  type CommandChange,
  type ConnectionHeard,
  type ConnectionSeen,
} from '@ocpp-gw/persistence/facts';
import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';
import { Unwritten } from './unwritten.ts';

export interface ConnectionChange {
  connected: boolean;
  connectionId: string;
  remoteAddress: string;
  /** When the connection began. */
  beganAt: Date;
  /** WebSocket close code of a disconnect. */
  closeCode?: number;
  reason?: string;
  /** When the charge point last sent something. */
  lastSeen: Date;
  /** When this happened; absent: now. */
  at?: Date;
  /** Pod that holds or held it; absent: this one. */
  pod?: string;
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
  /** Of a connection that began or ended; its entry is published if it was not known before. */
  seen?: ConnectionSeen;
  /** Of a connection that another displaced. */
  heard?: ConnectionHeard;
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
  private readonly instanceId: string;
  private readonly group = new GroupCommit<Happening>({ commit: (happenings) => this.write(happenings) });
  /** Ends of commands: callers with a key get the answer only once it is written. */
  private readonly unwritten = new Unwritten<Happening>((end) => this.group.add([end]));

  /** @param instanceId of this process, by which its connections are known (docs/adr/0062) */
  constructor({ commit, pod, instanceId }: { commit: Commit; pod: string; instanceId: string }) {
    this.commit = commit;
    this.pod = pod;
    this.instanceId = instanceId;
  }

  /**
   * An unknown charge point that was accepted (EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS) gets its row here. What is known of the
   * connection already is not published again.
   */
  async recordConnection(cpId: string, protocol: string, change: ConnectionChange, now: Date): Promise<void> {
    const { connected, connectionId, remoteAddress, beganAt, lastSeen, at = now, pod = this.pod } = change;
    const entry = eventEntry({
      cpId,
      protocol,
      pod,
      now,
      time: { at },
      payload: {
        $case: 'connectionChanged',
        value: {
          connected,
          connectionId,
          remoteAddress,
          closeCode: int32(change.closeCode ?? 0),
          reason: change.reason ?? '',
          beganAt,
        },
      },
    });
    const began = connected ? { began: { instanceId: this.instanceId, remoteAddress, at: beganAt } } : {};
    await this.group.add([{ entry, seen: { station: { cpId, protocol }, connectionId, lastSeen, ...began } }]);
  }

  /** A newer connection has displaced this one, whose owner had heard of the charge point last at this time. */
  async recordHeard(connectionId: string, at: Date): Promise<void> {
    await this.group.add([{ heard: { connectionId, at } }]);
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
    const connections = happenings.flatMap(({ seen }) => seen ?? []);
    const heard = happenings.flatMap((one) => one.heard ?? []);
    const commands = happenings.flatMap(({ command }) => command ?? []);
    await this.commit.withRows(async (connection) => {
      const news = connections.length > 0 ? await writeConnections(connection, connections) : new Set();
      if (heard.length > 0) await writeHeard(connection, heard);
      if (commands.length > 0) await writeCommands(connection, commands);
      return happenings.flatMap(({ entry, seen }) => (!entry || (seen && !news.has(seen)) ? [] : [entry]));
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
