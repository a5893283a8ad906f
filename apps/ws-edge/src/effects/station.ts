import { storedEnd, type CommandEnvelope, type CommandOutcome } from '@ocpp-gw/contracts';
import { GroupCommit, type OutboxEntry } from '@ocpp-gw/persistence';
import {
  commandEntry,
  int32,
  writeCommands,
  writeConnections,
  writeHeard,
  type CommandChange,
  type CommandEnding,
  type EndedCommand,
  type ConnectionHeard,
  type ConnectionSeen,
} from '@ocpp-gw/persistence/facts';
import type { Commit } from './commit.ts';
import { eventEntry } from './events.ts';
import { Unwritten } from './unwritten.ts';
import { v7 as uuidv7 } from 'uuid';

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
  /** When its CALL left. */
  sentAt?: Date | undefined;
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
  /** What is published of it. */
  ending?: CommandEnding;
}

/** A fleet that connects shares transactions (docs/adr/0079). */
const PACE_MS = 25;

/**
 * Writes what happens to a charge point outside its CALLs. It is published through the same outbox and so in order with
 * its messages. A fleet that comes back at once shares transactions (docs/adr/0019).
 */
export class StationRecorder {
  private readonly commit: Commit;
  private readonly pod: string;
  private readonly instanceId: string;
  private readonly connections = new GroupCommit<Happening>({
    commit: (happenings) => this.write(happenings),
    paceMs: PACE_MS,
  });
  /** Without a pace, because callers wait for them. */
  private readonly commands = new GroupCommit<Happening>({ commit: (happenings) => this.write(happenings) });
  /** Ends of commands: callers with a key get the answer only once it is written. */
  private readonly unwritten = new Unwritten<Happening>((end) => this.commands.add([end]));

  /** @param instanceId of this process, by which its connections are known (docs/adr/0062) */
  constructor({ commit, pod, instanceId }: { commit: Commit; pod: string; instanceId: string }) {
    this.commit = commit;
    this.pod = pod;
    this.instanceId = instanceId;
  }

  /** How long the oldest connect or disconnect has waited for its transaction, milliseconds. */
  get waitMs(): number {
    return this.connections.waitMs;
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
    await this.connections.add([{ entry, seen: { station: { cpId, protocol }, connectionId, lastSeen, ...began } }]);
  }

  /** A newer connection has displaced this one, whose owner had heard of the charge point last at this time. */
  async recordHeard(connectionId: string, at: Date): Promise<void> {
    await this.connections.add([{ heard: { connectionId, at } }]);
  }

  /** The CALL of the command has left. */
  async recordSent(commandId: string, action: string, at: Date): Promise<void> {
    await this.commands.add([{ command: { commandId, state: 'sent', action, at } }]);
  }

  /** Writes the end of a command and publishes it; while Postgres is away this fails, and is made up for later. */
  async recordCommand(cpId: string, protocol: string, end: CommandEnd, now: Date): Promise<void> {
    const { commandId, action, outcome, late, traceparent, sentAt, origin } = end;
    const { requestId, caller } = origin ?? { requestId: '', caller: '' };
    const facts = { cpId, protocol, pod: this.pod, at: now, traceparent, requestId, caller, requestedAt: undefined };
    const ending = { ...facts, commandId, action, outcome, late, sentAt, eventId: uuidv7({ msecs: now.getTime() }) };
    const command: CommandChange = { commandId, action, at: now, late, ...storedEnd(outcome) };
    const happening = { ending, command };
    try {
      await this.commands.add([happening]);
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
      const ended = commands.length > 0 ? await writeCommands(connection, commands) : NONE;
      return happenings.flatMap(({ entry, seen, ending }) => {
        if (ending) return endOf(ending, ended.get(ending.commandId));
        return !entry || (seen && !news.has(seen)) ? [] : [entry];
      });
    });
  }
}

const NONE: ReadonlyMap<string, EndedCommand> = new Map();

/** Whoever writes the end of a command publishes it. A command of the gateway itself has no caller and no row. */
function endOf(ending: CommandEnding, written: EndedCommand | undefined): OutboxEntry[] {
  if (!written && ending.caller !== '') return [];
  // Another may have written the timeout that this end replaces.
  const late = ending.late || (written?.late === true && ending.outcome.kind !== 'timeout');
  return [commandEntry({ ...ending, late, requestedAt: written?.queuedAt })];
}
