import { FIELD_RULES, type FieldRuleId, type OddValue, type ParsedFrame, type Protocol } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import type { AnsweredCall } from './caller.ts';
import { LogLimiter } from './log-limiter.ts';
import { RecentIds } from './recent-ids.ts';

const COMPLAINTS_PER_MINUTE = 10;
const REMEMBERED_IDS = 64;
const BEHAVIOURS = new Map<FieldRuleId, number>(FIELD_RULES.map(({ id, behaviour }) => [id, behaviour]));

/** Under these something that was told goes no further: each is logged, at a limited rate. */
const LOSSY: ReadonlySet<FieldRuleId> = new Set<FieldRuleId>(['field-senseless', 'list-item-odd', 'over-long-text']);

/** What was in hand when a field behaviour was met. */
export interface Circumstance {
  action?: string | undefined;
  requestId?: string;
  odd?: readonly OddValue[] | undefined;
}

/** What one connection tells in log and metrics. No payload but the odd part of one: it may name people and their cards. */
export class SessionLog {
  private readonly protocol: Protocol;
  private readonly metrics: EdgeMetrics;
  private readonly logger: Logger;
  private readonly complaints = new LogLimiter(COMPLAINTS_PER_MINUTE, 60_000);
  private readonly losses = new LogLimiter(COMPLAINTS_PER_MINUTE, 60_000);
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
    const { outcome, deviations, fromCache, odd } = handled;
    const action = shortened(handled.action);
    this.metrics.calls.observe({ protocol: this.version, action: this.known(action), outcome }, seconds);
    if (fromCache) this.metrics.replays.inc({ protocol: this.version, action });
    this.behaviours(deviations, { action, requestId, odd });
    const fields = { requestId, action, outcome, seconds };
    if (handled.fault !== undefined) this.complain('error', 'call failed', { ...fields, err: handled.fault });
    else if (outcome !== 'result') this.complain('warn', 'call refused', { ...fields, reason: handled.description });
    else this.logger.debug(fromCache ? 'call answered from the cache' : 'call handled', fields);
  }

  malformed(reason: string, answered: boolean): void {
    this.metrics.malformedFrames.inc({ protocol: this.version });
    this.complain('warn', 'malformed frame', { reason, answered });
  }

  /** Counts each; the log names each rule once, as a charger does what it does all day (notes 4), and what is lost again. */
  behaviours(rules: readonly FieldRuleId[], { action, requestId, odd = [] }: Circumstance = {}): void {
    for (const rule of rules) {
      this.metrics.deviations.inc({ protocol: this.version, rule });
      const told = odd.filter((each) => each.rule === rule).map(({ path, told: value }) => ({ path, told: value }));
      const fields = {
        rule,
        behaviour: BEHAVIOURS.get(rule),
        ...(action === undefined ? {} : { action: this.known(action) }),
        ...(requestId === undefined ? {} : { requestId }),
        ...(told.length === 0 ? {} : { told }),
      };
      if (!this.met.has(rule)) this.logger.warn('field deviation', fields);
      else if (LOSSY.has(rule)) this.limited(this.losses, 'warn', 'field deviation', fields);
      this.met.add(rule);
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
    this.limited(this.complaints, level, message, fields);
  }

  private limited(
    limiter: LogLimiter,
    level: 'warn' | 'error',
    message: string,
    fields: Record<string, unknown>,
  ): void {
    const admitted = limiter.admit(performance.now());
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

/** A charger may invent a name of a megabyte. */
function shortened(action: string): string {
  return action.length > 64 ? `${action.slice(0, 63)}…` : action;
}
