import { FIELD_RULES } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { IncomingMessage } from 'node:http';
import type { Admission } from '../handshake/handshake.ts';
import { identityFromPath } from '../handshake/path-identity.ts';
import { isRefusal, type Refusal } from '../handshake/refusal.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { LogLimiter } from './log-limiter.ts';

/** In a boot storm thousands are turned away in a moment: the first of a second are named, the rest counted. */
const TURNED_AWAY_PER_S = 10;

/** Tells and counts what becomes of those who knock. */
export class ChargerDoorLog {
  private readonly metrics: EdgeMetrics;
  private readonly logger: Logger;
  private readonly turnedAway = new LogLimiter(TURNED_AWAY_PER_S, 1_000);

  constructor(metrics: EdgeMetrics, logger: Logger) {
    this.metrics = metrics;
    this.logger = logger;
  }

  letIn(request: IncomingMessage, { station, subprotocol, deviations }: Admission): void {
    this.metrics.handshakes.inc({ outcome: 'accepted' });
    for (const rule of deviations) {
      this.metrics.deviations.inc({ protocol: subprotocol, rule });
      const { behaviour } = FIELD_RULES.find(({ id }) => id === rule) ?? {};
      this.logger.warn('field deviation', { cpId: station.cpId, rule, behaviour, path: pathOf(request) });
    }
  }

  refused(request: IncomingMessage, refusal: Refusal, source: string): void {
    this.metrics.handshakes.inc({ outcome: refusal.reason });
    const line =
      refusal.reason === 'too_many_handshakes' ? this.turnedAway.admit(performance.now()) : { suppressed: 0 };
    if (!line) return;
    this.logger.warn('handshake refused', {
      reason: refusal.reason,
      status: refusal.status,
      detail: refusal.detail,
      ...identityOf(request),
      path: pathOf(request),
      subprotocols: request.headers['sec-websocket-protocol'],
      source,
      ...(line.suppressed > 0 ? { suppressed: line.suppressed } : {}),
      ...(refusal.cause === undefined ? {} : { err: refusal.cause }),
    });
  }

  /** We and the peer agree on no version, cipher or certificate (TC_086_CSMS). */
  tlsFailed(error: Error, source: string | undefined): void {
    this.metrics.handshakes.inc({ outcome: 'tls_failed' });
    const code = 'code' in error ? error.code : undefined;
    // Whoever only tries whether the port is open hangs up here: a load balancer does, every few seconds.
    const level = code === 'ECONNRESET' ? 'debug' : 'warn';
    this.logger[level]('tls handshake failed', { code, reason: error.message, source });
  }

  failed(err: Error): void {
    this.logger.error('charger door failed', { err });
  }

  broken(request: IncomingMessage, err: unknown): void {
    this.logger.error('handshake failed', { ...identityOf(request), err });
  }
}

function pathOf({ url }: IncomingMessage): string | undefined {
  return url?.slice(0, 300);
}

function identityOf({ url }: IncomingMessage): { cpId?: string } {
  const read = identityFromPath(url ?? '', '');
  return isRefusal(read) ? {} : { cpId: read.identity.slice(0, 255) };
}
