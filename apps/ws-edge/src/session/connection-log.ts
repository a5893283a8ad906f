import { KeyedQueue } from '@ocpp-gw/async';
import type { CommandEnvelope, CommandOutcome } from '@ocpp-gw/contracts';
import type { Logger } from '@ocpp-gw/service-kit';
import type { ConnectionChange, StationRecorder } from '../effects/index.ts';
import type { Session } from './session.ts';
import type { SessionListener } from './sessions.ts';

interface UnwrittenEnd {
  /** It is being written. */
  pending: boolean;
  write: () => Promise<void>;
}

/**
 * Writes connects, disconnects and commands to the history of a charge point. It is best effort: no charge point is
 * refused for it.
 */
export class ConnectionLog implements SessionListener {
  /** Writes of each charge point in order, so that the end of a connection is written before the start of the next. */
  private readonly queue = new KeyedQueue();
  /** The ends that are not written yet, by connection. */
  private readonly ends = new Map<string, UnwrittenEnd>();

  constructor(
    private readonly recorder: Pick<
      StationRecorder,
      'recordConnection' | 'recordHeard' | 'recordCommand' | 'recordSent'
    >,
    private readonly logger: Logger,
  ) {}

  /** Resolves once the connection is written. The messages of the session come after it. */
  async opened(session: Session): Promise<void> {
    await this.connection(session, { connected: true, at: session.since });
  }

  ended(session: Session, reason: string, closeCode: number): void {
    const { connectionId } = session;
    const end = { connected: false, at: new Date(), lastSeen: new Date(session.lastSeen), closeCode, reason };
    const unwritten: UnwrittenEnd = {
      pending: false,
      write: async () => {
        unwritten.pending = true;
        if (await this.connection(session, end)) this.ends.delete(connectionId);
        unwritten.pending = false;
      },
    };
    this.ends.set(connectionId, unwritten);
    void unwritten.write();
  }

  /** A connection of this pod has displaced one that somebody else held. */
  displaced(cpId: string, connectionId: string, lastSeen: Date): void {
    void this.enqueue(cpId, () => this.recorder.recordHeard(connectionId, lastSeen));
  }

  /** Writes again what is not known in Postgres: connections that are open, and ends of those that it holds for open. */
  reconcile(sessions: readonly Session[], known: readonly string[]): void {
    const open = new Set(known);
    for (const session of sessions) if (!open.delete(session.connectionId)) void this.opened(session);
    for (const [connectionId, { pending, write }] of this.ends) {
      if (pending) continue;
      if (open.has(connectionId)) void write();
      else this.ends.delete(connectionId);
    }
  }

  /** The CALL of a command has left. */
  sent(session: Session, { requestId: commandId }: CommandEnvelope, action: string, at: Date): void {
    void this.enqueue(session.peer.cpId, () => this.recorder.recordSent(commandId, action, at));
  }

  /** Resolves to whether the end of the command is written. */
  command(
    session: Session,
    { requestId: commandId, traceparent, origin }: CommandEnvelope,
    {
      action,
      outcome,
      late = false,
      sentAt,
    }: { action: string; outcome: CommandOutcome; late?: boolean; sentAt?: Date | undefined },
  ): Promise<boolean> {
    const { cpId, protocol } = session.peer;
    const end = { commandId, action, outcome, late, sentAt, origin, traceparent };
    return this.enqueue(cpId, () => this.recorder.recordCommand(cpId, protocol.dialect.subprotocol, end, new Date()));
  }

  /** Resolves when everything so far is written or has failed. */
  async flush(): Promise<void> {
    await this.queue.idle();
  }

  private connection(
    session: Session,
    change: Pick<ConnectionChange, 'connected' | 'closeCode' | 'reason' | 'at'>,
  ): Promise<boolean> {
    const { cpId, protocol, source } = session.peer;
    const known = {
      connectionId: session.connectionId,
      remoteAddress: source,
      beganAt: session.since,
      lastSeen: new Date(session.lastSeen),
    };
    const now = new Date();
    return this.enqueue(cpId, () =>
      this.recorder.recordConnection(cpId, protocol.dialect.subprotocol, { ...known, ...change }, now),
    );
  }

  private enqueue(cpId: string, write: () => Promise<void>): Promise<boolean> {
    return this.queue.run(cpId, async () => {
      try {
        await write();
        return true;
      } catch (err) {
        this.logger.warn('history of the charger not written', { cpId, err });
        return false;
      }
    });
  }
}
