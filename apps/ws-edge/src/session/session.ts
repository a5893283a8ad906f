import type { Command } from '@ocpp-gw/contracts';
import { parseFrame, type FieldRuleId, type InboundCall } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { registrationIn } from './boot-answer.ts';
import type { FrameRecorder } from '../recording/frame-recording.ts';
import { ChargerSocket, CLOSE, closeCodeLabel, type ChargerSocketPorts } from './charger-socket.ts';
import type { ConnectionState } from './connection-state.ts';
import type { Inbound } from './inbound.ts';
import { InboundQueue, type InboundQueuePorts } from './inbound-queue.ts';
import { OutboundQueue, type CallEnd, type OutboundQueuePorts } from './outbound-queue.ts';
import type { Peer } from './peer.ts';
import { Pulse, type PulsePorts } from './pulse.ts';
import { type Circumstance, SessionLog } from './session-log.ts';
import type { SessionPorts } from './session-ports.ts';
import type { SessionSettings } from './session-settings.ts';

/** How long the shutdown waits for the answer to a CALL of ours. */
const DRAIN_CALLS_MS = 3_000;
/** The error code of `ws` for a compressed frame on a connection without compression. */
const COMPRESSED_UNASKED = 'WS_ERR_UNEXPECTED_RSV_1';
const DONE: Promise<void> = Promise.resolve();

/**
 * The connection of one charge point. It has two queues that never wait for each other: inbound CALLs one at a time and
 * in order, and outbound CALLs with one outstanding. A CALL of the charge point is handled after the effects of its
 * answers before it. Nothing that a charge point sends makes the session throw.
 */
export class Session {
  // What the parts of a session call is shared by all sessions: closures of its own are most of what an idle one would hold.

  private static readonly inboundPorts: InboundQueuePorts<Inbound, Session> = {
    handle: (item, session) => session.handle(item),
    pause: ({ ports, socket }) => {
      ports.metrics.throttled.inc();
      socket.pause();
    },
    resume: ({ pulse, socket }) => {
      pulse.heard();
      socket.resume();
    },
    excess: (reason, session) => {
      session.logger.warn('charger sends too much, closing', { reason });
      session.close(CLOSE.policyViolation, reason);
    },
  };

  private static readonly outboundPorts: OutboundQueuePorts<Session> = {
    send: (frame, { socket }) => socket.send(frame),
    held: (action, { log }) => log.behaviours(['command-before-first-message'], { action }),
    unmatched: (id, { log, inbound }) => {
      log.unmatched(id);
      // These frames pass through the queue, so that a flood of them meets the same limits as any other.
      inbound.push({ kind: 'fault', reason: 'answer to no call that waits', reply: null });
    },
  };

  private static readonly pulsePorts: PulsePorts<Session> = {
    isReading: ({ inbound }) => !inbound.isPaused,
    hasToBeat: ({ state }) => state.registration === 'Accepted',
    isPinged: ({ peer }) => peer.serverPing,
    ping: ({ socket }) => socket.ping(),
    ignored: ({ log }) => log.state('no-pong'),
    dead: (session) => {
      session.logger.warn('charger is silent, dropping the connection', {
        lastSeen: new Date(session.lastSeen).toISOString(),
      });
      session.drop('charger is silent');
    },
  };

  private static readonly socketPorts: ChargerSocketPorts<Session> = {
    frame: (data, isBinary, session) => {
      try {
        session.received(data, isBinary);
      } catch (err) {
        // An error that is left to the event loop would end the pod and with it every other connection.
        session.log.complain('error', 'frame could not be handled', { err });
      }
    },
    sent: (frame, { recorder }) => recorder.sent(frame),
    pinged: ({ pulse }) => pulse.heard(),
    ponged: ({ pulse }) => pulse.ponged(),
    failed: (err, code, { logger, log }) => {
      logger.warn('charger socket failed', { code, err });
      if (code === COMPRESSED_UNASKED) log.behaviours(['unnegotiated-compression']);
    },
    unread: (session) => {
      session.logger.warn('charger does not read its answers, dropping the connection');
      session.drop('charger does not read');
    },
    closed: (code, reason, session) => {
      // A close frame counts as a sign of life. A connection that breaks off does not.
      if (code !== CLOSE.abnormal) session.pulse.heard();
      session.ports.metrics.disconnects.inc({ code: closeCodeLabel(code) });
      session.finish(reason || `closed with code ${code}`, code);
    },
  };

  private static endGrace(this: void, session: Session): void {
    session.allowCalls();
  }

  readonly connectionId = randomUUID();
  private readonly openedAt = Date.now();
  private readonly logger: Logger;
  private readonly log: SessionLog<Session>;
  private readonly socket: ChargerSocket<Session>;
  private readonly inbound: InboundQueue<Inbound, Session>;
  private readonly outbound: OutboundQueue<Session>;
  private readonly pulse: Pulse<Session>;
  private readonly recorder: FrameRecorder;
  /** Resolves when the effects of the answers so far are written. */
  private established: Promise<unknown> = DONE;
  private hasSpoken = false;
  private graceTimer: NodeJS.Timeout | undefined;
  private handling = false;
  private isDraining = false;
  private hasEnded = false;

  /** @param predecessor resolves when the former session of the charge point on this pod handles nothing more */
  constructor(
    socket: WebSocket,
    readonly peer: Peer,
    readonly state: ConnectionState,
    settings: SessionSettings,
    private readonly ports: SessionPorts<Session>,
    private predecessor: Promise<void> = DONE,
  ) {
    this.logger = ports.logger.child({ cpId: peer.cpId, connectionId: this.connectionId });
    this.log = new SessionLog<Session>(this, ports.metrics, this.logger, ports.deviated);
    this.recorder = ports.recorder(this);
    this.inbound = new InboundQueue<Inbound, Session>(settings.inbound, Session.inboundPorts, this);
    this.outbound = new OutboundQueue<Session>({ maxQueued: settings.maxQueuedCalls }, Session.outboundPorts, this);
    this.pulse = new Pulse<Session>(settings.pulse, ports.beats, Session.pulsePorts, this);
    this.graceTimer = setTimeout(Session.endGrace, settings.firstMessageGraceMs, this).unref();
    this.socket = new ChargerSocket<Session>(socket, Session.socketPorts, this);
  }

  get since(): Date {
    return new Date(this.openedAt);
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  /** Refuses new commands. */
  get draining(): boolean {
    return this.isDraining;
  }

  /** Whether the charge point has sent a message on this connection. */
  get spoken(): boolean {
    return this.hasSpoken;
  }

  /** Makes the first message of the charge point wait for this promise too. */
  startAfter(ready: Promise<unknown>): void {
    this.predecessor = Promise.allSettled([this.predecessor, ready]).then(() => undefined);
  }

  /** Unix milliseconds of the last sign of life. */
  get lastSeen(): number {
    return this.pulse.lastSeen;
  }

  /** Sends a CALL of ours and resolves with its outcome; see {@link OutboundQueue.call}. Never rejects. */
  call(...call: Parameters<OutboundQueue<Session>['call']>): Promise<CallEnd> {
    return this.outbound.call(...call);
  }

  /** Counts and logs deviations outside of the charge point's own CALLs. */
  note(rules: readonly FieldRuleId[], met: Circumstance = {}): void {
    this.log.behaviours(rules, met);
  }

  /** Resolves when no message of the charger is being handled, here or in the sessions before. */
  async idle(): Promise<void> {
    await this.predecessor;
    await this.inbound.idle();
    await this.established;
  }

  /** Refuses new work, lets the running CALLs of both queues end, and closes. Resolves when the socket is closed. */
  async drain(): Promise<void> {
    if (this.hasEnded) return;
    this.isDraining = true;
    const gone = this.socket.gone();
    this.inbound.close();
    await this.inbound.idle();
    await Promise.race([this.outbound.idle(), sleep(DRAIN_CALLS_MS, undefined, { ref: false })]);
    this.close(CLOSE.goingAway, 'the gateway is shutting down, connect again');
    await gone;
  }

  close(code: number, reason: string): void {
    if (this.hasEnded) return;
    this.finish(reason, code);
    this.socket.close(code, reason);
  }

  private received(data: Buffer, isBinary: boolean): void {
    this.pulse.heard();
    if (this.hasEnded) return;
    // OCPP-J has only text frames (notes 2.4).
    if (isBinary) {
      this.logger.warn('charger sent a binary frame, closing');
      this.close(CLOSE.unsupportedData, 'OCPP-J uses text frames');
      return;
    }
    const { protocol, tolerance } = this.peer;
    const text = data.toString('utf8');
    const frame = parseFrame(text, protocol.dialect, tolerance);
    this.recorder.received(text, frame);
    this.log.read(frame);
    this.hasSpoken ||= frame.kind !== 'ignored';
    switch (frame.kind) {
      case 'call':
        this.inbound.push({ kind: 'call', call: frame, at: performance.now(), behind: this.established });
        break;
      case 'result':
        this.established = Promise.allSettled([this.established, this.outbound.result(frame)]);
        break;
      case 'error':
        this.outbound.error(frame.id, frame);
        break;
      case 'brokenAnswer':
        this.outbound.unreadable(frame.id, frame.text);
        break;
      case 'fault':
        this.inbound.push({ kind: 'fault', reason: frame.reason, reply: frame.reply });
        break;
      case 'ignored':
        this.logger.debug('frame ignored', { reason: frame.reason });
        break;
    }
  }

  private async handle(item: Inbound): Promise<void> {
    let after: readonly Command[] = [];
    this.handling = true;
    try {
      await this.predecessor;
      if (item.kind === 'call') {
        await item.behind;
        after = await this.answer(item.call, item.at);
      } else {
        this.log.malformed(item.reason, item.reply !== null);
        if (item.reply !== null) this.socket.send(item.reply);
      }
    } catch (err) {
      this.logger.error('message could not be handled', { err });
    } finally {
      this.handling = false;
      // The answer is sent before our own CALLs, because many charge points answer nothing while they wait (notes 2.5).
      this.allowCalls();
    }
    if (after.length > 0) this.ports.followUp(this, after);
  }

  /** Passes on the commands that follow the answer. */
  private async answer(call: InboundCall, receivedAt: number): Promise<readonly Command[]> {
    const handled = await this.ports.answer(this, call, new Date());
    const registration = registrationIn(this.peer.protocol.boot, handled);
    if (registration) {
      this.state.register(registration.status);
      this.pulse.expect(registration.intervalSeconds * 1000);
    }
    for (const effect of handled.effects) if (effect.kind === 'stationBooted') this.state.report(effect);
    this.socket.send(handled.frame);
    this.log.handled(handled, call.id, (performance.now() - receivedAt) / 1000);
    return handled.after;
  }

  private allowCalls(): void {
    if (this.handling || this.hasEnded) return;
    clearTimeout(this.graceTimer);
    this.graceTimer = undefined;
    this.outbound.release();
  }

  private drop(reason: string): void {
    this.finish(reason, CLOSE.abnormal);
    this.socket.terminate();
  }

  private finish(reason: string, closeCode: number): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.pulse.stop();
    clearTimeout(this.graceTimer);
    this.inbound.close();
    this.outbound.close();
    this.ports.ended(this, reason, closeCode);
  }
}
