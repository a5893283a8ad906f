import { identityKey } from '@ocpp-gw/contracts';
import type { Tolerance } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Admission } from '../handshake/handshake.ts';
import type { FrameRecording } from '../recording/frame-recording.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { Beats } from './beats.ts';
import { CLOSE } from './charger-socket.ts';
import type { DeviationLog } from './deviation-log.ts';
import type { SessionSettings } from './session-settings.ts';
import { ConnectionState } from './connection-state.ts';
import { Session } from './session.ts';
import type { SessionPorts } from './session-ports.ts';

/** Is called for every session. Implementations never throw. */
export interface SessionListener {
  /** The first message of the charge point waits for the returned promise, if there is one. */
  opened(session: Session): Promise<void> | void;
  ended(session: Session, reason: string, closeCode: number): void;
}

export interface SessionsOptions {
  /** Used when the charge point has no tolerance of its own. */
  tolerance: Tolerance;
  settings: SessionSettings;
  answer: SessionPorts<Session>['answer'];
  deviations: Pick<DeviationLog, 'count'>;
  recording: Pick<FrameRecording, 'recorder'>;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** The sessions of the charge points on this pod, one for each. The newest connection replaces an older one. */
export class Sessions {
  private readonly byCpId = new Map<string, Session>();
  private readonly listeners: SessionListener[] = [];
  private followUp: SessionPorts<Session>['followUp'] = () => undefined;

  private readonly ports: SessionPorts<Session>;

  constructor(private readonly options: SessionsOptions) {
    const { answer, settings, deviations, recording, metrics, logger } = options;
    this.ports = {
      answer,
      deviated: (session, deviation) => deviations.count(session, deviation),
      recorder: (session) => recording.recorder(session),
      followUp: (session, commands) => this.followUp(session, commands),
      ended: (session, reason, closeCode) => this.ended(session, reason, closeCode),
      beats: new Beats(settings.pulse.pingIntervalMs),
      metrics,
      logger,
    };
  }

  subscribe(listener: SessionListener): void {
    this.listeners.push(listener);
  }

  /**
   * Sets what sends the commands that follow an answer. It cannot be a constructor argument, because it needs the
   * sessions.
   */
  followedBy(followUp: SessionPorts<Session>['followUp']): void {
    this.followUp = followUp;
  }

  get(cpId: string): Session | undefined {
    return this.byCpId.get(identityKey(cpId));
  }

  all(): Session[] {
    return [...this.byCpId.values()];
  }

  open(socket: WebSocket, { station, protocol, deviations, traceparent }: Admission, source: string): Session {
    const { options } = this;
    const { cpId, record } = station;
    const older = this.get(cpId);
    if (older) {
      // Without credentials anybody can replace a charge point's connection, so the log says it (notes 2.8).
      options.logger.warn('charger connected again, closing its older connection', {
        cpId,
        source,
        olderSource: older.peer.source,
      });
      older.close(CLOSE.superseded, 'a newer connection of this charge point was opened');
    }
    const session = new Session(
      socket,
      {
        cpId,
        protocol,
        source,
        tolerance: record?.tolerance ?? options.tolerance,
        serverPing: record?.serverPing ?? true,
        traceparent,
      },
      // The older session may have booted since the record was read.
      new ConnectionState(
        older?.state.registration ?? record?.registrationStatus ?? null,
        older?.state.inventory ?? record ?? undefined,
      ),
      options.settings,
      this.ports,
      older?.idle(),
    );
    this.byCpId.set(identityKey(cpId), session);
    for (const rule of deviations) options.deviations.count(session, { action: '', rule, direction: 'connection' });
    if (older) session.note(['reconnect-without-close']);
    const { subprotocol } = protocol.dialect;
    options.metrics.connections.inc({ protocol: subprotocol });
    options.logger.info('charger connected', {
      cpId,
      connectionId: session.connectionId,
      protocol: subprotocol,
      source,
    });
    session.startAfter(Promise.all(this.listeners.map(async (listener) => listener.opened(session))));
    return session;
  }

  /** Closes every session, spread over the window, so that the pod's fleet does not come back in one burst. */
  async drain(windowMs: number): Promise<void> {
    const sessions = this.all();
    const gap = windowMs / Math.max(1, sessions.length);
    await Promise.all(
      sessions.map(async (session, index) => {
        await sleep(index * gap);
        await session.drain();
      }),
    );
  }

  private ended(session: Session, reason: string, closeCode: number): void {
    const { cpId, protocol } = session.peer;
    // The late end of an older connection must not touch the newer one.
    if (this.get(cpId) === session) this.byCpId.delete(identityKey(cpId));
    this.options.metrics.connections.dec({ protocol: protocol.dialect.subprotocol });
    this.options.logger.info('charger disconnected', { cpId, connectionId: session.connectionId, reason, closeCode });
    for (const listener of this.listeners) listener.ended(session, reason, closeCode);
  }
}
