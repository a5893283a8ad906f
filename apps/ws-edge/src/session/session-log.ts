import { FIELD_RULES, type FieldRuleId, type OddValue, type ParsedFrame, type Protocol } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import { registrationIn } from './boot-answer.ts';
import type { AnsweredCall } from './caller.ts';
import type { Deviation } from './deviation-tally.ts';
import { LogLimiter } from './log-limiter.ts';
import type { Peer } from './peer.ts';
import { RecentIds } from './recent-ids.ts';

const COMPLAINTS_PER_MINUTE = 10;
const REMEMBERED_IDS = 64;
const BEHAVIOURS = new Map<FieldRuleId, number>(FIELD_RULES.map(({ id, behaviour }) => [id, behaviour]));

/** The field rules that lose something that was sent. Each occurrence is logged, at a limited rate. */
const LOSSY: ReadonlySet<FieldRuleId> = new Set<FieldRuleId>(['field-senseless', 'list-item-odd', 'over-long-text']);

const ANSWERS: ReadonlySet<ParsedFrame['kind']> = new Set(['result', 'error', 'brokenAnswer']);

/** The message in which a deviation was met. */
export interface Circumstance {
  action?: string | undefined;
  /** Absent where it was met in no message that could be read. */
  direction?: 'request' | 'answer';
  messageId?: string;
  odd?: readonly OddValue[] | undefined;
}

/**
 * Log and metrics of one connection. Only the deviating part of a payload is logged, because payloads may name people
 * and id tokens.
 */
export class SessionLog<Of extends { readonly peer: Pick<Peer, 'protocol'> }> {
  private readonly recentIds = new RecentIds(REMEMBERED_IDS);
  /** Most charge points deviate in nothing. */
  private complaints: LogLimiter | undefined;
  private losses: LogLimiter | undefined;
  private met: Set<FieldRuleId> | undefined;

  constructor(
    private readonly of: Of,
    private readonly metrics: EdgeMetrics,
    private readonly logger: Logger,
    private readonly count: (of: Of, deviation: Deviation) => void,
  ) {}

  /** Records a frame before it is handled. */
  read(frame: ParsedFrame): void {
    const circumstance: Circumstance = {
      ...('id' in frame && { messageId: frame.id }),
      ...(frame.kind === 'call' && { action: frame.action, direction: 'request' }),
      ...(ANSWERS.has(frame.kind) && { direction: 'answer' }),
    };
    this.behaviours(frame.noted ?? [], circumstance);
    if (frame.kind === 'call' && this.recentIds.repeats(frame.id))
      this.behaviours(['message-id-repeated'], circumstance);
  }

  handled(handled: AnsweredCall, messageId: string, seconds: number): void {
    const { outcome, deviations, fromCache, odd, trace } = handled;
    const action = shortened(handled.action);
    const label = { protocol: this.version, action: this.label(action) };
    this.metrics.calls.observe({ ...label, outcome }, seconds);
    if (fromCache) this.metrics.replays.inc(label);
    if (action === this.protocol.boot.action) this.booted(handled);
    this.behaviours(deviations, { action, messageId, odd, direction: 'request' });
    const fields = { messageId, action, outcome, seconds, ...trace };
    if (handled.fault !== undefined) this.complain('error', 'call failed', { ...fields, err: handled.fault });
    else if (outcome !== 'result') this.complain('warn', 'call refused', { ...fields, reason: handled.description });
    else this.logger.debug(fromCache ? 'call answered from the cache' : 'call handled', fields);
  }

  private booted(handled: AnsweredCall): void {
    const status = registrationIn(this.protocol.boot, handled)?.status ?? 'failed';
    this.metrics.boots.inc({ protocol: this.version, status });
  }

  malformed(reason: string, answered: boolean): void {
    this.metrics.malformedFrames.inc({ protocol: this.version });
    this.complain('warn', 'malformed frame', { reason, answered });
  }

  /**
   * Counts each deviation. The log names each rule once for a connection (notes 4), and every time when something is
   * lost.
   */
  behaviours(rules: readonly FieldRuleId[], { action, messageId, odd = [], direction }: Circumstance = {}): void {
    for (const rule of rules) {
      this.count(this.of, {
        rule,
        action: action === undefined ? '' : this.known(action),
        direction: direction ?? 'connection',
      });
      this.metrics.deviations.inc({ protocol: this.version, rule });
      const raw = odd.filter((each) => each.rule === rule).map(({ path, raw: value }) => ({ path, raw: value }));
      const fields = {
        rule,
        behaviour: BEHAVIOURS.get(rule),
        ...(action === undefined ? {} : { action: this.known(action) }),
        ...(messageId === undefined ? {} : { messageId }),
        ...(raw.length === 0 ? {} : { raw }),
      };
      this.met ??= new Set();
      if (!this.met.has(rule)) this.logger.warn('field deviation', fields);
      else if (LOSSY.has(rule)) this.limited((this.losses ??= limiter()), 'warn', 'field deviation', fields);
      this.met.add(rule);
    }
  }

  /** Counts a deviation that is a state and not an event, once for a connection. */
  state(rule: FieldRuleId): void {
    if (!this.met?.has(rule)) this.behaviours([rule]);
  }

  unmatched(messageId: string): void {
    this.metrics.unmatchedAnswers.inc({ protocol: this.version });
    this.behaviours(['answer-to-nothing'], { messageId, direction: 'answer' });
  }

  /** Keeps a charge point that deviates all day from filling the log. */
  complain(level: 'warn' | 'error', message: string, fields: Record<string, unknown>): void {
    this.limited((this.complaints ??= limiter()), level, message, fields);
  }

  private limited(lines: LogLimiter, level: 'warn' | 'error', message: string, fields: Record<string, unknown>): void {
    const admitted = lines.admit(performance.now());
    if (admitted) this.logger[level](message, { ...fields, ...(admitted.suppressed ? admitted : {}) });
  }

  private get protocol(): Protocol {
    return this.of.peer.protocol;
  }

  private get version(): Protocol['dialect']['subprotocol'] {
    return this.protocol.dialect.subprotocol;
  }

  /** A charge point may invent any number of names, but a label must be bounded. */
  private label(action: string): string {
    return this.protocol.knownActions.has(action) ? action : 'other';
  }

  private known(action: string): string {
    return this.protocol.knownActions.has(action) ? action : 'unknown';
  }
}

function limiter(): LogLimiter {
  return new LogLimiter(COMPLAINTS_PER_MINUTE, 60_000);
}

/** Cuts names, because a charge point may invent a name of a megabyte. */
function shortened(action: string): string {
  return action.length > 64 ? `${action.slice(0, 63)}…` : action;
}
