import { FIELD_RULES, type FieldRuleId, type ParsedFrame, type Protocol } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import type { AnsweredCall } from './call-answers.ts';
import { LogLimiter } from './log-limiter.ts';
import { RecentIds } from './recent-ids.ts';

const COMPLAINTS_PER_MINUTE = 10;
const REMEMBERED_IDS = 64;
const BEHAVIOURS = new Map<FieldRuleId, number>(FIELD_RULES.map(({ id, behaviour }) => [id, behaviour]));

/** What was in hand when a field behaviour was met. */
interface Circumstance {
  action?: string;
  requestId?: string;
}

/** What one connection tells in log and metrics. No payload ever: it may name people and their cards. */
export class SessionLog {
  private readonly protocol: Protocol;
  private readonly metrics: EdgeMetrics;
  private readonly logger: Logger;
  private readonly complaints = new LogLimiter(COMPLAINTS_PER_MINUTE, 60_000);
  private readonly recentIds = new RecentIds(REMEMBERED_IDS);
  private readonly met = new Set<FieldRuleId>();

  constructor(protocol: Protocol, metrics: EdgeMetrics, logger: Logger) {
    this.protocol = protocol;
    this.metrics = metrics;
    this.logger = logger;
  }

  /** What shows in a frame before anybody handles it. */
  read(frame: ParsedFrame): void {
    const circumstance: Circumstance = {
      ...('id' in frame && { requestId: frame.id }),
      ...(frame.kind === 'call' && { action: frame.action }),
    };
    this.behaviours(frame.noted ?? [], circumstance);
    if (frame.kind === 'call' && this.recentIds.repeats(frame.id))
      this.behaviours(['message-id-repeated'], circumstance);
  }

  handled(handled: AnsweredCall, requestId: string, seconds: number): void {
    const { action, outcome, deviations, fromCache } = handled;
    this.metrics.calls.observe({ protocol: this.version, action: this.known(action), outcome }, seconds);
    if (fromCache) this.metrics.replays.inc({ protocol: this.version, action });
    this.behaviours(deviations, { action, requestId });
    const fields = { requestId, action, outcome, seconds };
    if (handled.fault !== undefined) this.complain('error', 'call failed', { ...fields, err: handled.fault });
    else if (outcome !== 'result') this.complain('warn', 'call refused', { ...fields, reason: handled.description });
    else this.logger.debug(fromCache ? 'call answered from the cache' : 'call handled', fields);
  }

  malformed(reason: string, answered: boolean): void {
    this.metrics.malformedFrames.inc({ protocol: this.version });
    this.complain('warn', 'malformed frame', { reason, answered });
  }

  /** Counts each; the log names each rule once, as a charger does what it does all day (notes 4). */
  behaviours(rules: readonly FieldRuleId[], { action, requestId }: Circumstance = {}): void {
    for (const rule of rules) {
      this.metrics.deviations.inc({ protocol: this.version, rule });
      if (this.met.has(rule)) continue;
      this.met.add(rule);
      this.logger.warn('field deviation', {
        rule,
        behaviour: BEHAVIOURS.get(rule),
        ...(action === undefined ? {} : { action: this.known(action) }),
        ...(requestId === undefined ? {} : { requestId }),
      });
    }
  }

  /** A state rather than an event: counted once a connection as well. */
  state(rule: FieldRuleId): void {
    if (!this.met.has(rule)) this.behaviours([rule]);
  }

  unmatched(requestId: string): void {
    this.metrics.unmatchedAnswers.inc({ protocol: this.version });
    this.behaviours(['answer-to-nothing'], { requestId });
  }

  /** Keeps a charger that does wrong all day from filling the log. */
  complain(level: 'warn' | 'error', message: string, fields: Record<string, unknown>): void {
    const admitted = this.complaints.admit(performance.now());
    if (admitted) this.logger[level](message, { ...fields, ...(admitted.suppressed ? admitted : {}) });
  }

  private get version(): Protocol['dialect']['subprotocol'] {
    return this.protocol.dialect.subprotocol;
  }

  /** A charger may invent any number of names; a label may not. */
  private known(action: string): string {
    return this.protocol.knownActions.has(action) ? action : 'unknown';
  }
}
