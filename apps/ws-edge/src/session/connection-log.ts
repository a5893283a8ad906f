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
    private readonly recorder: Pick<StationRecorder, 'recordConnection' | 'recordCommand'>,
    private readonly logger: Logger,
  ) {}

  /** Resolves once the connection is written. The messages of the session come after it. */
  opened(session: Session): Promise<void> {
    return this.connection(session, { connected: true });
  }

  ended(session: Session, reason: string, closeCode: number): void {
    void this.connection(session, { connected: false, closeCode, reason });
  }

  command(
    session: Session,
    { requestId, traceparent }: Pick<CommandEnvelope, 'requestId' | 'traceparent'>,
    action: string,
    outcome: CommandOutcome,
  ): void {
    const { cpId, protocol } = session.peer;
    const result = {
      requestId,
      traceparent,
      action,
      outcome: outcome.kind,
      ...(outcome.kind === 'result' && outcome.status !== undefined ? { status: outcome.status } : {}),
      ...(outcome.kind === 'callerror'
        ? {
            errorCode: outcome.code,
            standardErrorCode: outcome.standardCode,
            errorDescription: outcome.description,
          }
        : {}),
      ...(outcome.kind === 'refused' ? { errorCode: outcome.code, errorDescription: outcome.reason } : {}),
    };
    void this.enqueue(cpId, () => this.recorder.recordCommand(cpId, protocol.dialect.subprotocol, result, new Date()));
  }

  /** Resolves when everything so far is written or has failed. */
  async flush(): Promise<void> {
    await this.queue.idle();
  }

  private connection(
    session: Session,
    change: Pick<ConnectionChange, 'connected' | 'closeCode' | 'reason'>,
  ): Promise<void> {
    const { cpId, protocol, source } = session.peer;
    const at = new Date();
    const lastSeen = new Date(session.lastSeen);
    return this.enqueue(cpId, () =>
      this.recorder.recordConnection(
        cpId,
        protocol.dialect.subprotocol,
        { connectionId: session.connectionId, remoteAddress: source, lastSeen, ...change },
        at,
      ),
    );
  }

  private enqueue(cpId: string, write: () => Promise<void>): Promise<void> {
    return this.queue.run(cpId, () =>
      write().catch((err: unknown) => this.logger.warn('history of the charger not written', { cpId, err })),
    );
  }
}
