import { CommandOwner, OnlineRegistry, type CommandOwnerOptions } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackingServices } from '../backing-services.ts';
import type { Config } from '../config.ts';
import { CLOSE } from './charger-socket.ts';
import type { Session } from './session.ts';
import type { SessionListener, Sessions } from './sessions.ts';

/** Number of claims sent at once when Redis comes back and no charge point of the pod is claimed. */
const CLAIM_BATCH = 100;
const ARRIVAL_MS = 250;

export interface PresenceOptions {
  pod: string;
  refreshMs: number;
  /** How long the first message of a charge point waits for its claim at most. */
  arrivalMs: number;
  registry: Pick<OnlineRegistry, 'claim' | 'refresh' | 'release'>;
  owner: Pick<CommandOwner, 'start' | 'stop' | 'attach' | 'detach' | 'announceSuperseded'>;
  sessions: Sessions;
  /** Called with the connection that one of this pod has displaced. */
  displaced: (cpId: string, connectionId: string, lastSeen: Date) => void;
  logger: Logger;
}

/**
 * Registers the charge points of this pod in Redis. Redis may be away at any time: sessions continue, and {@link
 * refresh} writes again what could not be written. Every write has the epoch of the connection.
 */
export class Presence implements SessionListener {
  private readonly claiming = new Set<Session>();
  /** Sessions whose commands this pod receives. */
  private readonly attached = new WeakSet<Session>();
  private readonly arrivals = new WeakMap<Session, Promise<void>>();
  /** Epochs of newer connections that were announced before the session knew its own. */
  private readonly announced = new WeakMap<Session, number>();
  private readonly releases = new Set<Promise<void>>();
  private refreshing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PresenceOptions) {}

  /** Keeps the presence in Redis. */
  static connect(
    config: Config,
    { redis, cache, subscriber }: Pick<BackingServices, 'redis' | 'cache' | 'subscriber'>,
    sessions: Sessions,
    { onCommand, displaced }: Pick<CommandOwnerOptions, 'onCommand'> & Pick<PresenceOptions, 'displaced'>,
    logger: Logger,
  ): Presence {
    const pod = config.EVEYS_OCPP_POD_NAME;
    const ttlMs = config.EVEYS_OCPP_WS_ONLINE_TTL_S * 1000;
    const owner = new CommandOwner({
      publisher: redis,
      subscriber,
      logger,
      pod,
      onCommand,
      onSuperseded: (cpId, epoch) => presence.superseded(cpId, epoch),
    });
    // A fleet that comes at once claims in few round trips.
    const registry = new OnlineRegistry(cache, { ttlMs });
    const presence: Presence = new Presence({
      pod,
      refreshMs: ttlMs / 3,
      arrivalMs: ARRIVAL_MS,
      registry,
      owner,
      sessions,
      displaced,
      logger,
    });
    // A Redis that is back may have lost all entries, and some sessions may never have been written.
    cache.on('ready', () => void presence.refresh());
    return presence;
  }

  start(): void {
    this.options.owner.start();
    this.timer = setInterval(() => void this.refresh(), this.options.refreshMs).unref();
  }

  /** Resolves when every release of an ended session has been tried. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.refreshing;
    await Promise.all(this.releases);
    await this.options.owner.stop();
  }

  /**
   * Resolves when commands reach the charge point, because whoever receives its boot event may send one at once.
   * Without Redis there are no commands to wait for.
   */
  opened(session: Session): Promise<void> {
    const arrival = this.arrive(session);
    this.arrivals.set(session, arrival);
    return Promise.race([arrival, sleep(this.options.arrivalMs, undefined, { ref: false })]);
  }

  ended(session: Session): void {
    const { owner, sessions } = this.options;
    const { cpId } = session.peer;
    // In a moment: when a newer connection here is the reason, it attaches and claims first, and the charger is never
    // seen offline in between.
    queueMicrotask(() => {
      owner.detach(cpId);
      const newer = sessions.get(cpId);
      this.release(session, session.state.epoch, newer && this.arrivals.get(newer));
    });
  }

  /** Closes older connections, because a connection with this epoch exists on some pod. */
  superseded(cpId: string, epoch: number): void {
    const session = this.options.sessions.get(cpId);
    if (!session) return;
    const own = session.state.epoch;
    if (own === null) this.announced.set(session, Math.max(epoch, this.announced.get(session) ?? 0));
    if (own === null || own >= epoch) return;
    this.options.logger.warn('charger connected to another instance, closing its older connection', { cpId, epoch });
    session.close(CLOSE.superseded, 'a newer connection of this charge point was opened');
  }

  /** Keeps the entries of all sessions alive, with their last sign of life, and claims those that have none. */
  refresh(): Promise<void> {
    return (this.refreshing ??= this.refreshAll().finally(() => {
      this.refreshing = null;
    }));
  }

  private async refreshAll(): Promise<void> {
    const { pod, registry, sessions, logger } = this.options;
    const claimed = new Map<string, Session>();
    const unclaimed: Session[] = [];
    for (const session of sessions.all()) {
      if (session.state.epoch === null) unclaimed.push(session);
      else claimed.set(session.peer.cpId, session);
    }
    try {
      const { lost } = await registry.refresh(
        [...claimed.values()].map((session) => ({
          cpId: session.peer.cpId,
          pod,
          connectionId: session.connectionId,
          epoch: session.state.epoch ?? 0,
          protocol: session.peer.protocol.dialect.subprotocol,
          since: session.since.getTime(),
          lastSeen: session.lastSeen,
        })),
      );
      for (const cpId of lost) {
        logger.warn('charger belongs to another connection, closing this one', { cpId });
        claimed.get(cpId)?.close(CLOSE.superseded, 'a newer connection of this charge point was opened');
      }
    } catch (err) {
      logger.debug('online registry not refreshed', { err });
      return;
    }
    for (let start = 0; start < unclaimed.length; start += CLAIM_BATCH)
      await Promise.all(unclaimed.slice(start, start + CLAIM_BATCH).map((session) => this.claim(session)));
  }

  /** Claims after it has subscribed, so that it receives the announcement of a pod that claims later. */
  private async arrive(session: Session): Promise<void> {
    const { cpId } = session.peer;
    try {
      await this.options.owner.attach(cpId);
    } catch (err) {
      this.options.logger.error('commands for the charger cannot be received', { cpId, err });
    }
    this.attached.add(session);
    await this.claim(session);
  }

  private async claim(session: Session): Promise<void> {
    if (this.claiming.has(session) || session.ended || session.state.epoch !== null || !this.attached.has(session))
      return;
    this.claiming.add(session);
    const { pod, registry, owner, logger } = this.options;
    const { cpId, protocol } = session.peer;
    try {
      const { epoch, previous } = await registry.claim({
        cpId,
        pod,
        connectionId: session.connectionId,
        protocol: protocol.dialect.subprotocol,
        now: Date.now(),
      });
      if (session.ended) {
        this.release(session, epoch);
        return;
      }
      session.state.claim(epoch);
      this.superseded(cpId, this.announced.get(session) ?? 0);
      if (previous) this.options.displaced(cpId, previous.connectionId, new Date(previous.lastSeen));
      // An older connection on this pod has already been closed.
      if (previous && previous.pod !== pod) await owner.announceSuperseded(cpId, epoch);
    } catch (err) {
      logger.debug('charger not claimed or announced yet', { cpId, err });
    } finally {
      this.claiming.delete(session);
    }
  }

  private release(session: Session, epoch: number | null, after?: Promise<void>): void {
    if (epoch === null) return;
    const release = this.giveUp(session, epoch, after);
    this.releases.add(release);
    void release.finally(() => this.releases.delete(release));
  }

  private async giveUp(session: Session, epoch: number, after?: Promise<void>): Promise<void> {
    const { cpId } = session.peer;
    const { lastSeen } = session;
    try {
      await after;
      await this.options.registry.release(cpId, epoch, lastSeen);
    } catch (err) {
      // The entry expires by itself.
      this.options.logger.debug('charger not released', { cpId, err });
    }
  }
}
