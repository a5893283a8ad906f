import type { Command } from '@ocpp-gw/contracts';
import { parseFrame, type FieldRuleId, type InboundCall } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { EdgeMetrics } from '../metrics.ts';
import { registrationTold } from './boot-answer.ts';
import type { AnswerCall } from './caller.ts';
import { ChargerSocket, CLOSE } from './charger-socket.ts';
import type { ConnectionState } from './connection-state.ts';
import { InboundLane } from './inbound-lane.ts';
import { OutboundLane, type CallEnd } from './outbound-lane.ts';
import type { Peer } from './peer.ts';
import { Pulse } from './pulse.ts';
import { type Circumstance, SessionLog } from './session-log.ts';
import type { SessionSettings } from './session-settings.ts';

/** At shutdown a CALL of ours may take this long to be answered. */
const DRAIN_CALLS_MS = 3_000;
/** The code of ws for a compressed frame where no compression was agreed on. */
const COMPRESSED_UNASKED = 'WS_ERR_UNEXPECTED_RSV_1';

export interface SessionPorts {
  answer: AnswerCall;
  /** What was decided to be asked of the charger, once it has its answer. Never rejects, and nothing waits for it. */
  followUp: (session: Session, commands: readonly Command[]) => void;
  /** Exactly once, however the connection ended. */
  ended: (session: Session, reason: string, closeCode: number) => void;
  metrics: EdgeMetrics;
  logger: Logger;
}

/** `behind`: resolves when what the charger's answers before it established is written. */
type Inbound =
  | { kind: 'call'; call: InboundCall; at: number; behind: Promise<unknown> }
  | { kind: 'fault'; reason: string; reply: string | null };

/**
 * One charger's connection. Two lanes that never wait for each other: inbound CALLs one at a time and in order, outbound
 * CALLs one outstanding. A CALL of the charger sees what its answers before it established. Nothing a charger sends makes it
 * throw.
 */
export class Session {
  readonly connectionId = randomUUID();
  readonly peer: Peer;
  readonly state: ConnectionState;
  readonly since: Date;

  private readonly ports: SessionPorts;
  private readonly logger: Logger;
  private readonly log: SessionLog;
  private readonly socket: ChargerSocket;
  private readonly inbound: InboundLane<Inbound>;
  private readonly outbound: OutboundLane;
  private readonly pulse: Pulse;
  private predecessor: Promise<void>;
  /** Resolves when what the charger's answers so far established is written. */
  private established: Promise<unknown> = Promise.resolve();
  private hasSpoken = false;
  private readonly graceTimer: NodeJS.Timeout;
  private handling = false;
  private isDraining = false;
  private hasEnded = false;

  /** `predecessor` resolves when the charger's former session on this pod handles nothing any more. */
  constructor(
    socket: WebSocket,
    peer: Peer,
    state: ConnectionState,
    settings: SessionSettings,
    ports: SessionPorts,
    predecessor: Promise<void> = Promise.resolve(),
  ) {
    this.peer = peer;
    this.state = state;
    this.ports = ports;
    this.predecessor = predecessor;
    this.since = new Date();
    this.logger = ports.logger.child({ cpId: peer.cpId, connectionId: this.connectionId });
    this.log = new SessionLog(peer.protocol, ports.metrics, this.logger);
    this.inbound = this.inboundLane(settings);
    this.outbound = new OutboundLane(
      { maxQueued: settings.maxQueuedCalls },
      {
        send: (frame) => this.socket.send(frame),
        held: (action) => this.log.behaviours(['command-before-first-message'], { action }),
        unmatched: (id) => {
          this.log.unmatched(id);
          // Through the lane, so that a flood of answers to nothing meets the same limits as any other.
          this.inbound.push({ kind: 'fault', reason: 'answer to no call that waits', reply: null });
        },
      },
    );
    this.pulse = this.pulseOf(settings);
    this.graceTimer = setTimeout(() => this.allowCalls(), settings.firstMessageGraceMs).unref();
    this.socket = this.listen(socket);
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  /** Takes no new command. */
  get draining(): boolean {
    return this.isDraining;
  }

  /** Whether any message of the charger has come on this connection. */
  get spoken(): boolean {
    return this.hasSpoken;
  }

  /** The charger's first message is handled after this, too. */
  startAfter(ready: Promise<unknown>): void {
    this.predecessor = Promise.allSettled([this.predecessor, ready]).then(() => undefined);
  }

  /** Unix milliseconds of the last sign of life. */
  get lastSeen(): number {
    return this.pulse.lastSeen;
  }

  /** Sends a CALL of ours and tells how it ended; see {@link OutboundLane.call}. Never rejects. */
  call(...call: Parameters<OutboundLane['call']>): Promise<CallEnd> {
    return this.outbound.call(...call);
  }

  /** Counts and tells field behaviours that show outside of the charger's own CALLs. */
  note(rules: readonly FieldRuleId[], met: Circumstance = {}): void {
    this.log.behaviours(rules, met);
  }

  /** Resolves when no message of the charger is being handled, here or in the sessions before. */
  async idle(): Promise<void> {
    await this.predecessor;
    await this.inbound.idle();
    await this.established;
  }

  /** Takes nothing new, lets the running CALLs of both lanes end, then closes; resolves when the socket is gone. */
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

  private inboundLane(settings: SessionSettings): InboundLane<Inbound> {
    return new InboundLane(settings.inbound, {
      handle: (item) => this.handle(item),
      pause: () => {
        this.ports.metrics.throttled.inc();
        this.socket.pause();
      },
      resume: () => {
        this.pulse.heard();
        this.socket.resume();
      },
      excess: (reason) => {
        this.logger.warn('charger sends too much, closing', { reason });
        this.close(CLOSE.policyViolation, reason);
      },
    });
  }

  private pulseOf({ liveness, heartbeatMs }: SessionSettings): Pulse {
    const { serverPing } = this.peer;
    return new Pulse(
      { ...liveness, heartbeatMs, serverPing },
      {
        isReading: () => !this.inbound.isPaused,
        hasToBeat: () => this.state.registration === 'Accepted',
        ping: () => this.socket.ping(),
        ignored: () => this.log.state('no-pong'),
        dead: () => {
          this.logger.warn('charger is silent, dropping the connection', {
            lastSeen: new Date(this.lastSeen).toISOString(),
          });
          this.drop('charger is silent');
        },
      },
    );
  }

  private listen(socket: WebSocket): ChargerSocket {
    return new ChargerSocket(socket, {
      frame: (data, isBinary) => {
        try {
          this.received(data, isBinary);
        } catch (err) {
          // Left to the event loop it would end the pod, and every other charger's connection with it.
          this.log.complain('error', 'frame could not be handled', { err });
        }
      },
      pinged: () => this.pulse.heard(),
      ponged: () => this.pulse.ponged(),
      failed: (err, code) => {
        this.logger.warn('charger socket failed', { code, err });
        if (code === COMPRESSED_UNASKED) this.log.behaviours(['unnegotiated-compression']);
      },
      unread: () => {
        this.logger.warn('charger does not read its answers, dropping the connection');
        this.drop('charger does not read');
      },
      closed: (code, reason) => {
        // A close frame is a word of the charger's, the last one; a connection that breaks off is none.
        if (code !== CLOSE.abnormal) this.pulse.heard();
        this.ports.metrics.disconnects.inc({ code: String(code) });
        this.finish(reason || `closed with code ${code}`, code);
      },
    });
  }

  private received(data: Buffer, isBinary: boolean): void {
    this.pulse.heard();
    if (this.hasEnded) return;
    // OCPP-J knows text frames only (notes 2.4).
    if (isBinary) {
      this.logger.warn('charger sent a binary frame, closing');
      this.close(CLOSE.unsupportedData, 'OCPP-J uses text frames');
      return;
    }
    const { protocol, tolerance } = this.peer;
    const frame = parseFrame(data.toString('utf8'), protocol.dialect, tolerance);
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
      } else this.refuse(item.reason, item.reply);
    } catch (err) {
      this.logger.error('message could not be handled', { err });
    } finally {
      this.handling = false;
      // Answer first, then ask: many chargers answer nothing before they have their own answer (notes 2.5).
      this.allowCalls();
    }
    if (after.length > 0) this.ports.followUp(this, after);
  }

  /** Tells what is to be asked of the charger now. */
  private async answer(call: InboundCall, receivedAt: number): Promise<readonly Command[]> {
    const handled = await this.ports.answer(this, call, new Date());
    const told = registrationTold(this.peer.protocol.boot, handled);
    if (told) {
      this.state.register(told.status);
      this.pulse.expect(told.intervalSeconds * 1000);
    }
    this.socket.send(handled.frame);
    this.log.handled(handled, call.id, (performance.now() - receivedAt) / 1000);
    return handled.after;
  }

  private refuse(reason: string, reply: string | null): void {
    this.log.malformed(reason, reply !== null);
    if (reply !== null) this.socket.send(reply);
  }

  private allowCalls(): void {
    if (this.handling || this.hasEnded) return;
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
