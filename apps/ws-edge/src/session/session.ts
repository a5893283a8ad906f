import {
  CallCorrelator,
  encodeCall,
  handleCall,
  parseFrame,
  type CorrelatorOutput,
  type HandledCall,
  type InboundCall,
  type PipelinePorts,
  type Protocol,
  type Registration,
  type Settlement,
  type Tolerance,
} from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { EdgeMetrics } from '../metrics.ts';
import { InboundLane, type InboundLaneOptions } from './inbound-lane.ts';
import { Liveness, type LivenessOptions } from './liveness.ts';
import { LogLimiter } from './log-limiter.ts';

/** RFC 6455 §7.4.1. `abnormal` is never sent: no close frame was. */
export const CLOSE = {
  superseded: 1000,
  goingAway: 1001,
  unsupportedData: 1003,
  abnormal: 1006,
  policyViolation: 1008,
} as const;

/** A peer that has not answered our close frame by then is cut off. */
const CLOSE_GRACE_MS = 5_000;
/** At shutdown a CALL of ours may take this long to be answered. */
const DRAIN_CALLS_MS = 3_000;
/** A peer that asks and never reads its answers is given up before it fills our memory. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const COMPLAINTS_PER_MINUTE = 10;

export interface SessionSettings {
  inbound: InboundLaneOptions;
  maxQueuedCalls: number;
  firstMessageGraceMs: number;
  liveness: LivenessOptions;
  /** Assumed for an accepted charger that did not boot on this connection. */
  heartbeatMs: number;
}

/** Who is at the other end. */
export interface Peer {
  cpId: string;
  protocol: Protocol;
  source: string;
  tolerance: Tolerance;
  /** As stored: registration belongs to the station, not to the connection (notes 2.9). */
  registration: Registration['status'] | null;
}

export interface SessionPorts {
  /** The pipeline's, bound to this session. */
  pipeline: (session: Session) => PipelinePorts;
  /** Exactly once, however the connection ended. */
  ended: (session: Session, reason: string, closeCode: number) => void;
  metrics: EdgeMetrics;
  logger: Logger;
}

export type CallEnd = Settlement | { kind: 'full' };

type Inbound =
  { kind: 'call'; call: InboundCall; at: number } | { kind: 'fault'; reason: string; reply: string | null };

/**
 * One charger's socket. Two lanes that never wait for each other: inbound CALLs one at a time and in order, outbound
 * CALLs through the correlator. Nothing a charger sends makes it throw.
 */
export class Session {
  readonly connectionId = randomUUID();
  readonly peer: Peer;
  readonly since: Date;
  /** Fencing token; null until the online registry gave one. */
  epoch: number | null = null;
  registration: Registration['status'] | null;

  private readonly socket: WebSocket;
  private readonly ports: SessionPorts;
  private readonly pipeline: PipelinePorts;
  private readonly logger: Logger;
  private readonly lane: InboundLane<Inbound>;
  private readonly correlator: CallCorrelator;
  private readonly liveness: Liveness;
  private readonly complaints = new LogLimiter(COMPLAINTS_PER_MINUTE, 60_000);
  private readonly waiting = new Map<string, PromiseWithResolvers<CallEnd>>();
  private predecessor: Promise<void>;
  private readonly pingTimer: NodeJS.Timeout;
  private readonly graceTimer: NodeJS.Timeout;
  private deadlineTimer: NodeJS.Timeout | undefined;
  private readonly usualHeartbeatMs: number;
  private heartbeatMs: number;
  private handling = false;
  private isDraining = false;
  private hasEnded = false;

  /** `predecessor` resolves when the charger's former session on this pod handles nothing any more. */
  constructor(
    socket: WebSocket,
    peer: Peer,
    settings: SessionSettings,
    ports: SessionPorts,
    predecessor: Promise<void> = Promise.resolve(),
  ) {
    this.socket = socket;
    this.peer = peer;
    this.ports = ports;
    this.predecessor = predecessor;
    this.since = new Date();
    this.registration = peer.registration;
    this.usualHeartbeatMs = this.heartbeatMs = settings.heartbeatMs;
    this.logger = ports.logger.child({ cpId: peer.cpId, connectionId: this.connectionId });
    this.pipeline = ports.pipeline(this);
    this.lane = new InboundLane(settings.inbound, {
      handle: (item) => this.handle(item),
      pause: () => this.pauseReading(),
      resume: () => this.resumeReading(),
      excess: (reason) => {
        this.logger.warn('charger sends too much, closing', { reason });
        this.close(CLOSE.policyViolation, reason);
      },
    });
    this.correlator = new CallCorrelator({ maxQueued: settings.maxQueuedCalls });
    // The gateway speaks first to nobody: some chargers drop a link on which a CALL precedes their boot (notes 4.10).
    this.correlator.hold();
    this.liveness = new Liveness(settings.liveness, performance.now());
    this.graceTimer = setTimeout(() => this.allowCalls(), settings.firstMessageGraceMs).unref();
    this.pingTimer = setInterval(() => this.beat(), settings.liveness.pingIntervalMs).unref();
    this.listen();
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  /** Takes no new command. */
  get draining(): boolean {
    return this.isDraining;
  }

  /** The charger's first message is handled after this, too. */
  startAfter(ready: Promise<unknown>): void {
    this.predecessor = Promise.allSettled([this.predecessor, ready]).then(() => undefined);
  }

  /** Unix milliseconds of the last sign of life. */
  get lastSeen(): number {
    return Date.now() - Math.round(performance.now() - this.liveness.lastHeard);
  }

  /** Sends a CALL of ours and tells how it ended. `deadline` is Unix milliseconds. Never rejects. */
  call(action: string, payload: Record<string, unknown>, deadline: number): Promise<CallEnd> {
    // A UUID never repeats, on any connection of the station (notes 2.2).
    const id = randomUUID();
    const end = Promise.withResolvers<CallEnd>();
    this.waiting.set(id, end);
    const submission = this.correlator.submit({ id, action, payload, deadline }, Date.now());
    if (submission.status === 'full') this.settle(id, { kind: 'full' });
    this.perform(submission.outputs);
    return end.promise;
  }

  /** Resolves when no CALL of the charger is being handled, here or in the sessions before. */
  async idle(): Promise<void> {
    await this.predecessor;
    await this.lane.idle();
  }

  /** Takes nothing new, lets the running CALLs of both lanes end, then closes; resolves when the socket is gone. */
  async drain(): Promise<void> {
    if (this.hasEnded) return;
    this.isDraining = true;
    const gone = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    this.lane.close();
    await this.lane.idle();
    const calls = Promise.all([...this.waiting.values()].map(({ promise }) => promise));
    await Promise.race([calls, sleep(DRAIN_CALLS_MS, undefined, { ref: false })]);
    this.close(CLOSE.goingAway, 'the gateway is shutting down, connect again');
    await gone;
  }

  close(code: number, reason: string): void {
    if (this.hasEnded) return;
    this.finish(reason, code);
    // A paused socket would never read the peer's close frame.
    this.socket.resume();
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), CLOSE_GRACE_MS).unref();
  }

  private listen(): void {
    this.socket.on('message', (data, isBinary) => {
      try {
        this.received(data as Buffer, isBinary);
      } catch (err) {
        // Left to the event loop it would end the pod, and every other charger's connection with it.
        this.limited('error', 'frame could not be handled', { err });
      }
    });
    this.socket.on('ping', () => this.liveness.heard(performance.now()));
    this.socket.on('pong', () => this.liveness.ponged(performance.now()));
    this.socket.on('error', (error) => {
      // ws closes by itself after an error, with the code that fits (1002, 1007, 1009).
      this.logger.warn('charger socket failed', { code: 'code' in error ? error.code : undefined, err: error });
    });
    this.socket.on('close', (code, reason) => {
      this.ports.metrics.disconnects.inc({ code: String(code) });
      this.finish(reason.toString() || `closed with code ${code}`, code);
    });
  }

  private received(data: Buffer, isBinary: boolean): void {
    this.liveness.heard(performance.now());
    if (this.hasEnded) return;
    // OCPP-J knows text frames only (notes 2.4).
    if (isBinary) {
      this.logger.warn('charger sent a binary frame, closing');
      this.close(CLOSE.unsupportedData, 'OCPP-J uses text frames');
      return;
    }
    const frame = parseFrame(data.toString('utf8'), this.peer.protocol.dialect);
    switch (frame.kind) {
      case 'call':
        this.lane.push({ kind: 'call', call: frame, at: performance.now() });
        break;
      case 'result':
        this.perform(this.correlator.onResult(frame.id, frame.payload, Date.now()));
        break;
      case 'error':
        this.perform(this.correlator.onError(frame.id, frame, Date.now()));
        break;
      case 'fault':
        this.lane.push({ kind: 'fault', reason: frame.reason, reply: frame.reply });
        break;
      case 'ignored':
        this.logger.debug('frame ignored', { reason: frame.reason });
        break;
    }
  }

  private async handle(item: Inbound): Promise<void> {
    this.handling = true;
    try {
      await this.predecessor;
      if (item.kind === 'call') await this.answer(item.call, item.at);
      else this.refuseFrame(item.reason, item.reply);
    } catch (err) {
      this.logger.error('message could not be handled', { err });
    } finally {
      this.handling = false;
      // Answer first, then ask: many chargers answer nothing before they have their own answer (notes 2.5).
      this.allowCalls();
    }
  }

  private async answer(call: InboundCall, receivedAt: number): Promise<void> {
    const { protocol, cpId, tolerance } = this.peer;
    const station = { cpId, tolerance, registration: this.registration };
    const handled = await handleCall(protocol, this.pipeline, station, call, new Date());
    for (const effect of handled.effects) {
      if (effect.kind !== 'stationBooted') continue;
      this.registration = effect.registration.status;
      // 0 leaves the choice to the charger.
      this.heartbeatMs = effect.registration.intervalSeconds * 1000 || this.usualHeartbeatMs;
    }
    this.send(handled.frame);
    this.report(handled, call.id, (performance.now() - receivedAt) / 1000);
  }

  private report(handled: HandledCall, messageId: string, seconds: number): void {
    const { protocol } = this.peer;
    const version = protocol.dialect.subprotocol;
    const { action, outcome, deviations } = handled;
    // A charger may invent any number of names; a label may not.
    const known = protocol.knownActions.has(action) ? action : 'unknown';
    this.ports.metrics.calls.observe({ protocol: version, action: known, outcome }, seconds);
    for (const rule of deviations) this.ports.metrics.deviations.inc({ protocol: version, rule });
    const fields = { requestId: messageId, action, outcome, seconds };
    if (handled.fault !== undefined) this.limited('error', 'call failed', { ...fields, err: handled.fault });
    else if (outcome !== 'result') this.limited('warn', 'call refused', { ...fields, reason: handled.description });
    else if (deviations.length > 0) this.limited('warn', 'call accepted with deviations', { ...fields, deviations });
    else this.logger.debug('call handled', fields);
  }

  private refuseFrame(reason: string, reply: string | null): void {
    this.ports.metrics.malformedFrames.inc({ protocol: this.peer.protocol.dialect.subprotocol });
    this.limited('warn', 'malformed frame', { reason, answered: reply !== null });
    if (reply !== null) this.send(reply);
  }

  private allowCalls(): void {
    if (this.handling || this.hasEnded) return;
    this.perform(this.correlator.release(Date.now()));
  }

  private perform(outputs: readonly CorrelatorOutput[]): void {
    for (const output of outputs) {
      switch (output.kind) {
        case 'send':
          this.send(encodeCall(output.id, output.action, output.payload));
          break;
        case 'settle':
          this.settle(output.id, output.settlement);
          break;
        case 'unmatched':
          // Through the lane, so that a flood of answers to nothing meets the same limits as any other.
          this.ports.metrics.unmatchedAnswers.inc({ protocol: this.peer.protocol.dialect.subprotocol });
          this.lane.push({ kind: 'fault', reason: 'answer to no call that waits', reply: null });
          break;
      }
    }
    this.armDeadline();
  }

  private settle(id: string, end: CallEnd): void {
    this.waiting.get(id)?.resolve(end);
    this.waiting.delete(id);
  }

  private armDeadline(): void {
    clearTimeout(this.deadlineTimer);
    const next = this.correlator.nextDeadline();
    if (next === null) return;
    this.deadlineTimer = setTimeout(
      () => this.perform(this.correlator.tick(Date.now())),
      Math.max(0, next - Date.now()),
    );
    this.deadlineTimer.unref();
  }

  private send(frame: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_UNREAD_BYTES) {
      this.logger.warn('charger does not read its answers, dropping the connection');
      this.drop('charger does not read');
      return;
    }
    this.socket.send(frame);
  }

  private beat(): void {
    // While we do not read, silence is ours.
    if (this.lane.isPaused) return;
    const heartbeat = this.registration === 'Accepted' ? this.heartbeatMs : null;
    if (this.liveness.isDead(performance.now(), heartbeat)) {
      this.logger.warn('charger is silent, dropping the connection', {
        lastSeen: new Date(this.lastSeen).toISOString(),
      });
      this.drop('charger is silent');
    } else if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  private pauseReading(): void {
    this.ports.metrics.throttled.inc();
    this.socket.pause();
  }

  private resumeReading(): void {
    this.liveness.heard(performance.now());
    this.socket.resume();
  }

  /** Without a close frame: nobody would read it. */
  private drop(reason: string): void {
    this.finish(reason, CLOSE.abnormal);
    this.socket.terminate();
  }

  private finish(reason: string, closeCode: number): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearInterval(this.pingTimer);
    clearTimeout(this.graceTimer);
    this.lane.close();
    this.perform(this.correlator.close());
    clearTimeout(this.deadlineTimer);
    this.ports.ended(this, reason, closeCode);
  }

  private limited(level: 'warn' | 'error', message: string, fields: Record<string, unknown>): void {
    const admitted = this.complaints.admit(performance.now());
    if (admitted) this.logger[level](message, { ...fields, ...(admitted.suppressed ? admitted : {}) });
  }
}
