import { backoffMs } from '@ocpp-gw/async';
import type { ChargerPort, CreateStation, SessionRequest } from './charger-port.ts';
import { Connection } from './connection.ts';
import { Connector, type StopCause } from './connector.ts';
import { CsmsCalls } from './csms-calls.ts';
import { DisconnectedError } from './errors.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Message, Payload, Reply, TransactionMessage } from './message.ts';
import { Meter } from './meter.ts';
import { Manners } from './misbehaviour/manners.ts';
import { Registration } from './registration.ts';
import { secretOf } from './secret.ts';
import { Session } from './session.ts';
import { type ChargerOptions, type Settings, withDefaults } from './settings.ts';
import type { BootCause, Station } from './station.ts';
import { type Cut, TransactionQueue } from './transaction-queue.ts';
import { TruthLog } from './truth-log.ts';

/** How long a reset or the charger's end waits for the transaction messages before it. */
const END_WAIT_MS = 5000;

/** A whole charger, whatever its version: life cycle, connectors, sessions. */
export class Charger implements ChargerPort {
  readonly settings: Settings;
  readonly connectors: readonly Connector[];
  readonly queue: TransactionQueue;
  readonly station: Station;
  readonly sessions: Session[] = [];
  readonly csmsCalls = new CsmsCalls();
  readonly manners: Manners<TransactionMessage>;
  readonly truth: TruthLog;
  /** Resolves at the first Accepted; rejects when the charger ends before. */
  readonly accepted: Promise<void>;
  readonly #registration: Registration;
  readonly #heartbeat = new Heartbeat(() => void this.notify({ action: 'Heartbeat', payload: {} }));
  /** Why the last connection failed or ended. */
  lastProblem: string | null = null;
  readonly #end = new AbortController();
  #markAccepted: () => void = () => undefined;
  #markFailed: (error: Error) => void = () => undefined;
  #connection: Connection | null = null;
  #bootedAt: Date;
  #failures = 0;
  /** Which address is tried next. */
  #turn = 0;
  #life: Promise<void> | null = null;

  constructor(options: ChargerOptions, createStation: CreateStation) {
    this.settings = withDefaults(options);
    const { connectors, powerW, id, protocol, time, misbehaviours, misbehavesIn } = this.settings;
    this.manners = new Manners(misbehaviours, protocol, misbehavesIn);
    this.truth = new TruthLog(this.settings, this.manners);
    this.queue = new TransactionQueue(
      () => this.settings.retry,
      (cut) => this.#cut(cut),
    );
    this.#bootedAt = time.now();
    // Every meter has a past of its own, so that registers do not start at zero.
    const past = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);
    this.connectors = Array.from({ length: connectors }, (_, index) => {
      return new Connector(index + 1, new Meter(powerW, past + index * 1000, time.now()));
    });
    this.station = createStation(this);
    this.#registration = new Registration({
      boot: (cause) => this.station.boot(cause),
      notify: (message) => this.notify(message),
      pause: (ms, signal) => this.pause(ms, signal),
    });
    this.accepted = new Promise((resolve, reject) => {
      this.#markAccepted = resolve;
      this.#markFailed = reject;
    });
    this.accepted.catch(() => undefined);
  }

  get registration(): Registration['status'] {
    return this.#registration.status;
  }

  get online(): boolean {
    return this.#connection?.isOpen === true && this.registration === 'Accepted';
  }

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

  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    const ends = signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
    await this.settings.time.pause(ms, ends).catch(() => undefined);
  }

  clock(): Date {
    return this.manners.clock(this.settings.time.now(), this.#bootedAt);
  }

  read(connector: Connector): TransactionMessage['reading'] {
    const trueAt = this.settings.time.now();
    return { ...connector.meter.read(trueAt), at: this.manners.clock(trueAt, this.#bootedAt), trueAt };
  }

  async call(action: string, payload: object): Promise<Payload> {
    return this.#call(action, this.manners.payload(payload as Payload, action));
  }

  async #call(action: string, payload: object, id?: string | number): Promise<Payload> {
    if (!this.#connection) throw new DisconnectedError('not connected');
    const sentAt = performance.now();
    try {
      const answer = await this.#connection.call(action, payload, this.settings.callTimeoutMs, id);
      this.log('call answered', { action, payload, answer, tookMs: Math.round(performance.now() - sentAt) });
      return answer;
    } catch (error) {
      this.log('call failed', { action, payload, error: String(error) });
      throw error;
    }
  }

  async notify({ action, payload }: Message): Promise<Payload | null> {
    return this.call(action, payload).catch(() => null);
  }

  begin(request: SessionRequest): Session {
    const session = new Session(this, request);
    this.sessions.push(session);
    return session;
  }

  freeConnector(idToken: string, number?: number): Connector | undefined {
    return this.connectors.find(
      (connector) => (number === undefined || connector.number === number) && connector.isFreeFor(idToken),
    );
  }

  async reportStatus(connector: Connector): Promise<void> {
    if (!this.online || connector.reported === this.station.statusOf(connector)) return;
    await this.#tellStatus(connector);
  }

  release(connector: Connector): void {
    connector.reservation = undefined;
  }

  setHeartbeat(intervalMs: number): void {
    this.settings.heartbeatMs = intervalMs;
    this.#heartbeat.every(this.manners.heartbeatMs ?? intervalMs);
  }

  bootNow(): void {
    this.#registration.hurry();
  }

  /** Stops the running sessions and waits, for a while, until the CSMS has acknowledged them. */
  async endSessions(cause: StopCause): Promise<void> {
    const running = this.connectors.flatMap(({ session }) => session ?? []);
    for (const session of running) session.stop(cause);
    await Promise.race([
      Promise.all(running.map(({ result }) => result)).then(() => this.queue.drained()),
      this.pause(END_WAIT_MS),
    ]);
  }

  async reboot(cause: BootCause, stopCause: StopCause): Promise<void> {
    await this.endSessions(stopCause);
    this.#restart(cause);
    this.#connection?.close(1001, cause);
  }

  reconnect(reason: string): void {
    this.#connection?.close(1001, reason);
  }

  #restart(cause: BootCause): void {
    this.#registration.end(cause);
    this.#bootedAt = this.settings.time.now();
    this.manners.boots();
  }

  #cut(cut: Cut): void {
    this.log(cut);
    if (cut === 'power-cut') this.#restart('PowerUp');
    this.disconnect();
  }

  /** Sends a message about a session. */
  async #tell(message: TransactionMessage): Promise<Payload> {
    const payload = this.manners.payload(message.payload() as Payload, message.action);
    try {
      if (this.settings.keepsMessageIds) message.messageId ??= this.manners.messageId();
      const answer = await this.#call(message.action, payload, message.messageId);
      this.truth.answered(message, payload, answer);
      return answer;
    } catch (error) {
      this.truth.failed(message, payload, error);
      throw error;
    }
  }

  async #live(): Promise<void> {
    while (!this.#end.signal.aborted) {
      try {
        await this.#connect();
      } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        this.lastProblem = message || (code ?? 'connection failed');
        this.log('connection failed', { error: this.lastProblem });
        this.#turn += 1;
        if (!this.settings.reconnect) this.#markFailed(error as Error);
      }
      const rebooting = this.registration === null && this.#failures === 0;
      if (!this.settings.reconnect && !rebooting) return;
      await this.pause(rebooting ? this.settings.rebootMs : this.#backoffMs());
    }
  }

  /** With jitter, so that a fleet does not come back in one burst. */
  #backoffMs(): number {
    return backoffMs(Math.max(1, this.#failures), this.settings.backoff) * (0.75 + Math.random() / 2);
  }

  /** One connection, from handshake to close. */
  async #connect(): Promise<void> {
    this.#failures += 1;
    const { url: first, otherUrls, id: cpId, password, ca, callTimeoutMs: handshakeTimeoutMs } = this.settings;
    const url = [first, ...otherUrls][this.#turn % (1 + otherUrls.length)] ?? first;
    const { pathSuffix, connectionMs } = this.manners;
    const { subprotocol } = this.station;
    const secret = password === undefined ? undefined : secretOf(password, this.settings.protocol);
    const connection = await Connection.open(
      { url, cpId, subprotocol, secret, handshakeTimeoutMs, pathSuffix, ca },
      this.manners,
      (action, payload) => this.#answer(action, payload),
    );
    this.#connection = connection;
    if (this.#end.signal.aborted) connection.close();
    this.log('connected', { subprotocol });
    const serving = this.#serve(connection);
    const short = connectionMs && setTimeout(() => connection.terminate(), connectionMs);
    const { code, reason } = await connection.closed;
    clearTimeout(short);
    this.#connection = null;
    this.queue.pause();
    this.#registration.hurry();
    this.#heartbeat.stop();
    this.log('disconnected', { code, reason });
    await serving;
    if (!this.settings.reconnect) this.#markFailed(new DisconnectedError(`closed with ${code} ${reason}`));
  }

  async #serve(connection: Connection): Promise<void> {
    await this.#registration.establish(connection);
    if (!connection.isOpen) return;
    this.#failures = 0;
    this.#heartbeat.every(this.manners.heartbeatMs ?? this.settings.heartbeatMs ?? this.#registration.intervalMs);
    const whole = this.station.status(null);
    if (whole) await this.notify(whole);
    for (const connector of this.connectors) await this.#tellStatus(connector);
    if (!connection.isOpen) return;
    this.queue.resume((message) => this.#tell(message));
    this.#markAccepted();
  }

  async #tellStatus(connector: Connector): Promise<void> {
    const message = this.station.status(connector);
    connector.reported = this.station.statusOf(connector);
    if (message) await this.notify(message);
  }

  async #answer(action: string, payload: Payload): Promise<Reply> {
    const reply = await this.csmsCalls.answer(this.station, action, payload);
    if (this.manners.silent) return new Promise(() => undefined);
    const answer = { ...reply, payload: this.manners.answer(reply.payload as Payload, action) };
    this.log('answered', { action, payload, answer: answer.payload });
    return answer;
  }
}
