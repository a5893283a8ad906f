import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { Connector, type Reservation } from './connector.ts';
import { CsmsCalls } from './csms-calls.ts';
import { DisconnectedError } from './errors.ts';
import type { Message, Payload, Reply } from './message.ts';
import { Meter } from './meter.ts';
import { Session, type SessionRequest } from './session.ts';
import { type ChargerOptions, type Settings, withDefaults } from './settings.ts';
import type { BootCause, Registration, Station, StopCause } from './station.ts';
import { TransactionQueue } from './transaction-queue.ts';
import { createStation16 } from './v16/station.ts';
import { createStation201 } from './v201/station.ts';

/** How long a reset or the charger's end waits for the transaction messages before it. */
const END_PATIENCE_MS = 5000;
/** Wait before the next boot where the CSMS leaves it to the charger. */
const OWN_BOOT_INTERVAL_MS = 10_000;

/** A whole charger, whatever its version: life cycle, connectors, sessions. */
export class Charger {
  readonly settings: Settings;
  readonly connectors: readonly Connector[];
  readonly queue: TransactionQueue;
  readonly station: Station;
  readonly sessions: Session[] = [];
  readonly csmsCalls = new CsmsCalls();
  /** Resolves at the first Accepted; rejects when the charger ends before. */
  readonly accepted: Promise<void>;
  registration: Registration | null = null;
  /** Why the last connection failed or ended. */
  lastProblem: string | null = null;
  readonly #end = new AbortController();
  #markAccepted: () => void = () => undefined;
  #markFailed: (error: Error) => void = () => undefined;
  #connection: Connection | null = null;
  #bootCause: BootCause | null = 'PowerUp';
  #bootNow = new AbortController();
  #heartbeat: NodeJS.Timeout | undefined;
  /** Of the last boot answer. */
  #intervalMs = 0;
  #failures = 0;
  #life: Promise<void> | null = null;

  constructor(options: ChargerOptions) {
    this.settings = withDefaults(options);
    this.queue = new TransactionQueue(() => this.settings.retry);
    const { connectors, powerW, id } = this.settings;
    // Every meter has a past of its own, so that registers do not start at zero.
    const past = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);
    this.connectors = Array.from({ length: connectors }, (_, index) => {
      return new Connector(index + 1, new Meter(powerW, past + index * 1000, new Date()));
    });
    this.station = this.settings.protocol === '1.6' ? createStation16(this) : createStation201(this);
    this.accepted = new Promise((resolve, reject) => {
      this.#markAccepted = resolve;
      this.#markFailed = reject;
    });
    this.accepted.catch(() => undefined);
  }

  get online(): boolean {
    return this.#connection?.isOpen === true && this.registration === 'Accepted';
  }

  /** Closed for good. */
  get ended(): boolean {
    return this.#end.signal.aborted;
  }

  start(): void {
    this.#life ??= this.#live();
  }

  async close(): Promise<void> {
    this.#end.abort();
    for (const { session } of this.connectors) session?.stop('Local');
    this.queue.discard();
    this.#connection?.close(1000, 'simulator ends');
    this.#markFailed(new Error('the simulator was closed'));
    await this.#life;
  }

  /** Drops the link; the charger comes back by itself. */
  disconnect(): void {
    this.#connection?.terminate();
  }

  log(message: string, fields: Record<string, unknown> = {}): void {
    this.settings.log({ at: new Date().toISOString(), cpId: this.settings.id, message, ...fields });
  }

  /** Ends early, and without an error, when `signal` or the charger's own end says so. */
  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    const ends = signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
    await delay(ms, undefined, { signal: ends }).catch(() => undefined);
  }

  /** @throws CallError, CallTimeoutError or DisconnectedError */
  async call(action: string, payload: object): Promise<Payload> {
    if (!this.#connection) throw new DisconnectedError('not connected');
    try {
      const answer = await this.#connection.call(action, payload, this.settings.callTimeoutMs);
      this.log('call answered', { action, payload, answer });
      return answer;
    } catch (error) {
      this.log('call failed', { action, payload, error: String(error) });
      throw error;
    }
  }

  /** A CALL whose failure changes nothing: logged, and null. */
  async notify({ action, payload }: Message): Promise<Payload | null> {
    return this.call(action, payload).catch(() => null);
  }

  begin(request: SessionRequest): Session {
    const session = new Session(this, request);
    this.sessions.push(session);
    return session;
  }

  /** The connector a session of this token would get; undefined when none is free. */
  freeConnector(idToken: string, number?: number): Connector | undefined {
    return this.connectors.find(
      (connector) => (number === undefined || connector.number === number) && connector.isFreeFor(idToken),
    );
  }

  /** Tells a connector's status if it is news. */
  async reportStatus(connector: Connector): Promise<void> {
    if (!this.online || connector.reported === this.station.statusOf(connector)) return;
    await this.#tellStatus(connector);
  }

  reserve(connector: Connector, reservation: Reservation): void {
    connector.reservation = reservation;
    void this.pauseUntil(reservation.expires).then(async () => {
      if (connector.reservation !== reservation || this.#end.signal.aborted) return;
      this.release(connector);
      const message = this.station.reservationExpired(reservation.id);
      if (message) await this.notify(message);
      await this.reportStatus(connector);
    });
  }

  /** A reservation is used, cancelled or expired. */
  release(connector: Connector): void {
    connector.reservation = undefined;
  }

  setHeartbeat(intervalMs: number): void {
    this.settings.heartbeatMs = intervalMs;
    this.#scheduleHeartbeat(intervalMs);
  }

  async pauseUntil(moment: Date): Promise<void> {
    // Timers hold 24 days at most.
    for (let left = 1; left > 0 && !this.#end.signal.aborted; left = moment.getTime() - Date.now())
      await this.pause(Math.min(left, 2 ** 31 - 1));
  }

  /** Sends BootNotification now, if one is due. */
  bootNow(): void {
    this.#bootNow.abort();
  }

  /** Stops the running sessions and waits, for a while, until the CSMS has acknowledged them. */
  async endSessions(cause: StopCause): Promise<void> {
    const running = this.connectors.flatMap(({ session }) => session ?? []);
    for (const session of running) session.stop(cause);
    await Promise.race([
      Promise.all(running.map(({ result }) => result)).then(() => this.queue.drained()),
      this.pause(END_PATIENCE_MS),
    ]);
  }

  /** Stops the sessions, goes away and comes back with a boot. */
  async reboot(cause: BootCause, stopCause: StopCause): Promise<void> {
    await this.endSessions(stopCause);
    this.#bootCause = cause;
    this.registration = null;
    this.#connection?.close(1001, cause);
  }

  /** Closes and comes back without a boot, for instance with a new password. */
  reconnect(reason: string): void {
    this.#connection?.close(1001, reason);
  }

  async #live(): Promise<void> {
    while (!this.#end.signal.aborted) {
      try {
        await this.#connect();
      } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        this.lastProblem = message || (code ?? 'connection failed');
        this.log('connection failed', { error: this.lastProblem });
        if (!this.settings.reconnect) this.#markFailed(error as Error);
      }
      const rebooting = this.registration === null && this.#failures === 0;
      if (!this.settings.reconnect && !rebooting) return;
      await this.pause(rebooting ? this.settings.rebootMs : this.#backoff());
    }
  }

  /** One connection, from handshake to close. */
  async #connect(): Promise<void> {
    this.#failures += 1;
    const { url, id: cpId, password, callTimeoutMs: handshakeTimeoutMs } = this.settings;
    const { subprotocol } = this.station;
    const secret = password === undefined ? undefined : this.station.secret(password);
    const connection = await Connection.open(
      { url, cpId, subprotocol, secret, handshakeTimeoutMs },
      (action, payload) => this.#answer(action, payload),
    );
    this.#connection = connection;
    if (this.#end.signal.aborted) connection.close();
    this.log('connected', { subprotocol });
    const serving = this.#serve(connection);
    const { code, reason } = await connection.closed;
    this.#connection = null;
    this.queue.pause();
    this.#bootNow.abort();
    clearTimeout(this.#heartbeat);
    this.log('disconnected', { code, reason });
    await serving;
    if (!this.settings.reconnect) this.#markFailed(new DisconnectedError(`closed with ${code} ${reason}`));
  }

  async #serve(connection: Connection): Promise<void> {
    // A reconnect without a reboot brings no BootNotification (notes 2.9): the registration is the station's.
    if (this.#bootCause) await this.#boot(connection, this.#bootCause);
    if (!connection.isOpen) return;
    this.#failures = 0;
    this.#scheduleHeartbeat(this.settings.heartbeatMs ?? this.#intervalMs);
    const whole = this.station.status(null);
    if (whole) await this.notify(whole);
    for (const connector of this.connectors) await this.#tellStatus(connector);
    if (!connection.isOpen) return;
    this.queue.resume((action, payload) => this.call(action, payload));
    this.#markAccepted();
  }

  async #boot(connection: Connection, cause: BootCause): Promise<void> {
    while (connection.isOpen) {
      const answer = await this.notify(this.station.boot(cause));
      this.#intervalMs = Number(answer?.['interval'] ?? 0) * 1000;
      if (answer) this.registration = answer['status'] as Registration;
      if (this.registration === 'Accepted') {
        this.#bootCause = null;
        return;
      }
      this.#bootNow = new AbortController();
      if (connection.isOpen) await this.pause(this.#intervalMs || OWN_BOOT_INTERVAL_MS, this.#bootNow.signal);
    }
  }

  async #tellStatus(connector: Connector): Promise<void> {
    const message = this.station.status(connector);
    connector.reported = this.station.statusOf(connector);
    if (message) await this.notify(message);
  }

  #scheduleHeartbeat(intervalMs: number): void {
    clearTimeout(this.#heartbeat);
    if (intervalMs <= 0) return;
    this.#heartbeat = setTimeout(() => {
      void this.notify({ action: 'Heartbeat', payload: {} });
      this.#scheduleHeartbeat(intervalMs);
    }, intervalMs);
  }

  async #answer(action: string, payload: Payload): Promise<Reply> {
    const reply = await this.csmsCalls.answer(this.station, action, payload);
    this.log('answered', { action, payload, answer: reply.payload });
    return reply;
  }

  #backoff(): number {
    const { firstMs, maxMs } = this.settings.backoff;
    const wait = Math.min(maxMs, firstMs * 2 ** Math.max(0, this.#failures - 1));
    // Jitter, so that a fleet does not come back in one burst.
    return wait * (0.75 + Math.random() / 2);
  }
}
