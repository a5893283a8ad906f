import { KeyedQueue } from '@ocpp-gw/async';
import type { CommandEnvelope, CommandOutcome } from '@ocpp-gw/contracts';
import type { Logger } from '@ocpp-gw/service-kit';
import type { ConnectionChange, StationRecorder } from '../effects/index.ts';
import type { Session } from './session.ts';
import type { SessionListener } from './sessions.ts';

/**
 * Writes connects, disconnects and commands to the history of a charge point. It is best effort: no charge point is
 * refused for it.
 */
export class ConnectionLog implements SessionListener {
  /** Writes of each charge point in order, so that the end of a connection is written before the start of the next. */
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly recorder: Pick<StationRecorder, 'recordConnection' | 'recordCommand' | 'recordSent'>,
    private readonly logger: Logger,
  ) {}

  /** Resolves once the connection is written. The messages of the session come after it. */
  opened(session: Session): Promise<void> {
    return this.connection(session, { connected: true });
  }

  ended(session: Session, reason: string, closeCode: number): void {
    void this.connection(session, { connected: false, closeCode, reason });
  }

  /** The CALL of a command has left. */
  sent(session: Session, { requestId: commandId }: CommandEnvelope, action: string): void {
    const at = new Date();
    void this.enqueue(session.peer.cpId, () => this.recorder.recordSent(commandId, action, at));
  }

  /** Resolves to whether the end of the command is written. */
  command(
    session: Session,
    { requestId: commandId, traceparent, origin }: CommandEnvelope,
    { action, outcome, late = false }: { action: string; outcome: CommandOutcome; late?: boolean },
  ): Promise<boolean> {
    const { cpId, protocol } = session.peer;
    const end = { commandId, action, outcome, late, origin, traceparent };
    return this.enqueue(cpId, () => this.recorder.recordCommand(cpId, protocol.dialect.subprotocol, end, new Date()));
  }

  /** Resolves when everything so far is written or has failed. */
  async flush(): Promise<void> {
    await this.queue.idle();
  }

  private async connection(
    session: Session,
    change: Pick<ConnectionChange, 'connected' | 'closeCode' | 'reason'>,
  ): Promise<void> {
    const { cpId, protocol, source } = session.peer;
    const at = new Date();
    const lastSeen = new Date(session.lastSeen);
    await this.enqueue(cpId, () =>
      this.recorder.recordConnection(
        cpId,
        protocol.dialect.subprotocol,
        { connectionId: session.connectionId, remoteAddress: source, lastSeen, ...change },
        at,
      ),
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
