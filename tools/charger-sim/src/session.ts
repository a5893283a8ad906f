import type { ChargerPort, SessionRequest } from './charger-port.ts';
import type { ChargingSession, Connector, StopCause } from './connector.ts';
import { DisconnectedError } from './errors.ts';
import type { Role, TransactionMessage } from './message.ts';
import type { Manners } from './misbehaviour/manners.ts';
import type { Transaction } from './station.ts';
import type { TruthLog } from './truth-log.ts';

/** What a session needs of its charger besides what a station needs. */
export interface SessionHost extends ChargerPort {
  readonly manners: Manners<TransactionMessage>;
  readonly truth: TruthLog;
}

export interface SessionResult {
  /** Authorized, and every one of its transaction messages acknowledged. */
  ok: boolean;
  /** Why it is not ok. */
  problem?: string;
  transactionId?: string;
  energyWh: number;
}

/** One charge: authorize, plug in, start, meter values, stop, unplug. */
export class Session implements ChargingSession {
  /** Which of the charger's sessions, from 1 on. */
  readonly number: number;
  readonly connector: Connector;
  readonly idToken: string;
  readonly idTokenType: string | undefined;
  readonly remote: SessionRequest['remote'];
  readonly reservationId: number | undefined;
  readonly result: Promise<SessionResult>;
  /** Resolves when the CSMS has acknowledged the start, or never will. */
  readonly started: Promise<void>;
  /** The CSMS's number (1.6) or the station's id (2.0.1), once known. */
  transactionId: string | undefined;
  readonly #charger: SessionHost;
  readonly #request: SessionRequest;
  readonly #stop = new AbortController();
  #stopCause: StopCause = 'Local';
  #markStarted: () => void = () => undefined;
  #transaction: Transaction | null = null;
  /** Whether each transaction message was acknowledged. */
  readonly #sent: Promise<boolean>[] = [];

  constructor(charger: SessionHost, request: SessionRequest) {
    this.#charger = charger;
    this.#request = request;
    this.number = charger.sessions.length + 1;
    this.connector = request.connector;
    this.idToken = request.idToken;
    this.idTokenType = request.idTokenType;
    this.remote = request.remote;
    // isFreeFor() let the session in, so a reservation here is its own.
    this.reservationId = this.connector.reservation?.id;
    this.started = new Promise((resolve) => (this.#markStarted = resolve));
    this.connector.session = this;
    this.result = this.#run();
  }

  /** The first cause holds. */
  stop(cause: StopCause): void {
    if (this.#stop.signal.aborted) return;
    this.#stopCause = cause;
    this.#stop.abort();
  }

  get charging(): boolean {
    return this.connector.phase === 'charging' && !this.#stopped;
  }

  /** Sends a meter value out of turn. */
  triggerMeter(): void {
    if (this.charging && this.#transaction) void this.#push(this.#transaction.metered('Trigger'));
  }

  /** The status of the id token in the answer to the start or to a later event. */
  tokenStatus(status: string): void {
    if (status !== 'Accepted') this.stop('DeAuthorized');
  }

  /** What a message of it says of itself. */
  about(role: Role, reading: TransactionMessage['reading']): Omit<TransactionMessage, 'action' | 'payload'> {
    const { number: session, idToken } = this;
    return { role, session, idToken, connector: this.connector.number, registerWh: reading.energyWh, reading };
  }

  get #stopped(): boolean {
    // A charger that has ended pauses no more: going on would never yield.
    return this.#stop.signal.aborted || this.#charger.ended;
  }

  async #run(): Promise<SessionResult> {
    // Lets the constructor's caller finish first: the reply to a remote start leaves before its session's messages.
    await this.#charger.pause(0);
    const { connector } = this;
    const refusal = this.#request.authorize ? await this.#refusal() : null;
    if (refusal !== null || this.#stopped) {
      this.#markStarted();
      await this.#free();
      return { ok: false, problem: refusal ?? 'stopped before it began', energyWh: 0 };
    }
    const { acknowledged, energyWh } = await this.#charge();
    const problem =
      this.#stopCause === 'DeAuthorized'
        ? 'the CSMS did not accept the id token'
        : acknowledged
          ? undefined
          : 'not every transaction message was acknowledged';
    const { transactionId } = this;
    this.#charger.log('session ended', { connector: connector.number, transactionId, energyWh, problem });
    return { ok: problem === undefined, problem, transactionId, energyWh };
  }

  async #refusal(): Promise<string | null> {
    const { station } = this.#charger;
    const { action, payload } = station.authorize(this.idToken, this.idTokenType);
    try {
      const status = station.authorizationStatus(await this.#charger.call(action, payload));
      return status === 'Accepted' ? null : `id token ${this.idToken}: ${status}`;
    } catch (error) {
      // Offline, a charger that allows it goes on and settles with the CSMS later (1.6 3.5.1, 2.0.1 C15).
      return error instanceof DisconnectedError ? null : `Authorize: ${String(error)}`;
    }
  }

  async #charge(): Promise<{ acknowledged: boolean; energyWh: number }> {
    const { connector } = this;
    const charger = this.#charger;
    const { settings } = charger;
    await this.#enter('plugged');
    await charger.pause(settings.stepMs);
    charger.release(connector);
    const transaction = charger.station.transaction(this);
    this.#transaction = transaction;
    const start = transaction.started();
    connector.meter.begin(settings.time.now());
    void this.#push(start).finally(this.#markStarted);
    await this.#enter('charging');
    const charging = transaction.charging();
    if (charging) void this.#push(charging);
    const values = this.#request.meterValues ?? Infinity;
    for (let n = 0; n < values && !this.#stopped; n += 1) {
      await charger.pause(this.#request.meterIntervalMs ?? settings.meterIntervalMs, this.#stop.signal);
      if (!this.#stopped) void this.#push(transaction.metered('Periodic'));
      if (n === 0 && charger.manners.resetsRegister) connector.meter.reset();
    }
    const end = transaction.ended(this.#stopCause);
    connector.meter.end(settings.time.now());
    const energyWh = end.reading.totalWh - start.reading.totalWh;
    charger.truth.session(this, start, end);
    void this.#push(end);
    connector.meter.flow(charger.manners.idleWh);
    await this.#enter('finishing');
    await charger.pause(settings.stepMs);
    await this.#free();
    return { acknowledged: (await Promise.all(this.#sent)).every(Boolean), energyWh };
  }

  #push(message: TransactionMessage): Promise<boolean> {
    const { queue, manners } = this.#charger;
    const acknowledged = queue.push(...manners.steps(message));
    this.#sent.push(acknowledged);
    return acknowledged;
  }

  async #enter(phase: Connector['phase']): Promise<void> {
    this.connector.phase = phase;
    await this.#charger.reportStatus(this.connector);
  }

  async #free(): Promise<void> {
    const { connector } = this;
    connector.session = undefined;
    if (connector.scheduledOperative !== undefined) connector.operative = connector.scheduledOperative;
    connector.scheduledOperative = undefined;
    await this.#enter('idle');
  }
}
