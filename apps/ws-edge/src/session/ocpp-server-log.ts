import { FIELD_RULES } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { IncomingMessage } from 'node:http';
import type { HandshakeGuards } from '../handshake/handshake-guards.ts';
import { ExpiringCache } from '../handshake/expiring-cache.ts';
import type { Admission } from '../handshake/handshake.ts';
import { tlsFault } from '../handshake/parser-fault.ts';
import { identityFromPath } from '../handshake/path-identity.ts';
import type { Reconnects } from '../handshake/reconnect-damper.ts';
import { isRefusal, type Refusal } from '../handshake/refusal.ts';
import { sourceGroup } from '../handshake/source-address.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { LogLimiter } from './log-limiter.ts';

/** How many lines of one source and of one reason are logged in a second. The rest is counted. */
const LINES_PER_S = { source: 5, reason: 10 };
const SOURCES_TRACKED = 10_000;
const SECOND_MS = 1_000;
/** Greatest length of a logged text, so that a text of 16 kB does not fill the log. */
const MAX_HEADER_LOGGED = 200;
const MAX_PATH_LOGGED = 300;

/** The fields of a refusal besides its reason. */
interface Asked {
  url?: string | undefined;
  subprotocols?: string | undefined;
}

/** Logs and counts the outcomes of handshakes. */
export class OcppServerLog {
  private readonly bySource = new ExpiringCache<LogLimiter>(SOURCES_TRACKED, () => performance.now());
  private readonly byReason = new Map<string, LogLimiter>();
  /** For each reason the number of lines that were left out since the last one. */
  private readonly suppressed = new Map<string, number>();

  constructor(
    private readonly metrics: EdgeMetrics,
    private readonly logger: Logger,
    /** Hears of the refusals that are logged and name an identity. */
    private readonly recorded: HandshakeGuards['refused'],
  ) {}

  accepted(request: IncomingMessage, { station, protocol, deviations }: Admission): void {
    this.metrics.handshakes.inc({ outcome: 'accepted' });
    for (const rule of deviations) {
      this.metrics.deviations.inc({ protocol: protocol.dialect.subprotocol, rule });
      const { behaviour } = FIELD_RULES.find(({ id }) => id === rule) ?? {};
      this.logger.warn('field deviation', { cpId: station.cpId, rule, behaviour, path: pathOf(request.url) });
    }
  }

  refused(request: IncomingMessage, refusal: Refusal, source: string): void {
    this.log(refusal, { url: request.url, subprotocols: request.headers['sec-websocket-protocol'] }, source);
  }

  /** Logs data that is not a request. @param url from its request line, if it has one */
  unread(refusal: Refusal, url: string | undefined, source: string): void {
    this.log(refusal, { url }, source);
  }

  /** Logs a failed TLS handshake: no common version or cipher, or a certificate that was not accepted (TC_086_CSMS). */
  tlsFailed(error: Error, source: string): void {
    const refusal = tlsFault(error);
    this.metrics.handshakes.inc({ outcome: refusal.reason });
    const line = this.admit(refusal.reason, source);
    if (!line) return;
    const code = 'code' in error ? error.code : undefined;
    // A peer that only checks whether the port is open closes here. Load balancers do it every few seconds.
    const level = code === 'ECONNRESET' ? 'debug' : 'warn';
    this.logger[level]('tls handshake failed', {
      reason: refusal.reason,
      code,
      detail: refusal.detail.slice(0, MAX_PATH_LOGGED),
      source,
      ...line,
    });
  }

  /** Logs that a charge point must wait before it may connect again. */
  heldBack(cpId: string, reconnects: Reconnects): void {
    const { connections, takeovers, sources, delayMs } = reconnects;
    this.metrics.reconnectsHeldBack.inc();
    this.logger.warn('charger connects over and over and is held back; do two share its identity?', {
      cpId,
      connections,
      takeovers,
      since: new Date(reconnects.since).toISOString(),
      delayS: delayMs / 1000,
      sources,
    });
  }

  failed(err: Error): void {
    this.logger.error('listener for chargers failed', { err });
  }

  broken(request: IncomingMessage, err: unknown): void {
    this.logger.error('handshake failed', { ...identityOf(request.url), err });
  }

  private log(refusal: Refusal, asked: Asked, source: string): void {
    const { reason, status, detail, cause } = refusal;
    this.metrics.handshakes.inc({ outcome: reason });
    const line = this.admit(reason, source);
    if (!line) return;
    const identity = identityOf(asked.url);
    this.logger[reason === 'connection_reset' ? 'debug' : 'warn']('handshake refused', {
      reason,
      status,
      detail,
      ...identity,
      path: pathOf(asked.url),
      subprotocols: asked.subprotocols?.slice(0, MAX_HEADER_LOGGED),
      source,
      ...line,
      ...(cause === undefined ? {} : { err: cause }),
    });
    const { cpId } = identity;
    if (cpId !== undefined) this.recorded({ cpId, source, status, reason, detail });
  }

  /**
   * Limits one source first, so that its flood does not use up the lines of the others. Returns null when nothing shall
   * be logged.
   */
  private admit(reason: string, source: string): { suppressed?: number } | null {
    const now = performance.now();
    const group = sourceGroup(source);
    const own = this.bySource.get(group) ?? new LogLimiter(LINES_PER_S.source, SECOND_MS);
    this.bySource.set(group, own, 60 * SECOND_MS);
    const all = this.byReason.get(reason) ?? new LogLimiter(LINES_PER_S.reason, SECOND_MS);
    this.byReason.set(reason, all);
    const suppressed = this.suppressed.get(reason) ?? 0;
    if (!own.admit(now) || !all.admit(now)) {
      this.suppressed.set(reason, suppressed + 1);
      return null;
    }
    this.suppressed.delete(reason);
    return suppressed > 0 ? { suppressed } : {};
  }
}

/** Removes possible secrets: some charge points have a token in the query or a password before the host. */
function pathOf(url: string | undefined): string | undefined {
  const [path = '', query] = (url ?? '').slice(0, MAX_PATH_LOGGED).split('?', 2);
  const masked = path.replace(/\/\/[^/@]*@/g, '//…@');
  return url === undefined ? undefined : `${masked}${query === undefined ? '' : '?…'}`;
}

function identityOf(url: string | undefined): { cpId?: string } {
  const read = identityFromPath(url ?? '', '');
  return isRefusal(read) ? {} : { cpId: read.identity.slice(0, 255) };
}
