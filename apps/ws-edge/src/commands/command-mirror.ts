import type { Command } from '@ocpp-gw/contracts';
import { entryOf, type Effect, type Mirror } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import type { Session } from '../session/session.ts';
import type { StationCommit } from '../session/station-commit.ts';

export interface SentCall {
  action: string;
  payload: Record<string, unknown>;
  command: Command;
  sentAt: Date;
  traceparent?: string;
}

export interface CommandMirrorOptions {
  commit: StationCommit;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** Commits the effects of our CALLs and their answers (docs/adr/0012). Never rejects. */
export class CommandMirror {
  constructor(private readonly options: CommandMirrorOptions) {}

  /** Returns false when the effects could not be written; the CALL must then not be sent. */
  before(session: Session, sent: SentCall): Promise<boolean> {
    return this.write(session, sent, (mirror, now) => mirror.before?.(sent.payload as never, now, sent));
  }

  /** A CALLERROR came, or the CALL never left. */
  async undone(session: Session, sent: SentCall): Promise<void> {
    await this.write(session, sent, (mirror, now) => mirror.undone?.(sent.payload as never, now, sent));
  }

  /**
   * Effects that cannot be written are lost until the next read of the charge point, which has carried out the command
   * anyway.
   */
  async answered(session: Session, sent: SentCall, answer: Record<string, unknown>): Promise<void> {
    const written = await this.write(session, sent, (mirror, now) =>
      mirror.answered?.(sent.payload as never, answer as never, now, sent),
    );
    if (!written)
      this.options.metrics.mirrorsLost.inc({
        protocol: session.peer.protocol.dialect.subprotocol,
        action: sent.action,
      });
  }

  private async write(
    session: Session,
    { action, traceparent }: SentCall,
    established: (mirror: Mirror, now: Date) => readonly Effect[] | undefined,
  ): Promise<boolean> {
    const { protocol, cpId } = session.peer;
    const mirror = entryOf(protocol.mirrors, action);
    if (!mirror) return true;
    try {
      const now = new Date();
      const effects = established(mirror, now) ?? [];
      if (effects.length > 0) await this.options.commit(session.peer, effects, now, { traceparent });
      return true;
    } catch (err) {
      this.options.logger.error('effects of a command could not be written', { cpId, action, err });
      return false;
    }
  }
}
