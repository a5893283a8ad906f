import type { CommandOutcome, ReplyEnvelope } from '@ocpp-gw/contracts';

type Reply = Pick<ReplyEnvelope, 'epoch' | 'outcome'>;

/**
 * Outcomes that the charger or its protocol gave: true whoever of several owners carried the CALL. The others tell only
 * that one owner failed, while a newer one may be at work.
 */
const CONCLUSIVE: ReadonlySet<CommandOutcome['kind']> = new Set([
  'result',
  'callerror',
  'invalidResult',
  'notSupported',
  'invalidPayload',
]);

/**
 * The replies to one command. During a takeover a charger has two owners for a moment and both get it. The charger's
 * own word counts; then that of an owner who sent the CALL, for nobody else can say that nothing was sent; then that of
 * the newest connection.
 */
export class PendingCommand {
  /** Redis was lost since the command was sent, so that a reply may be lost too. */
  interrupted = false;
  private readonly replies: Reply[] = [];
  private receivers = Infinity;
  private settle: (outcome: CommandOutcome | null) => void = () => undefined;
  private readonly settled = new Promise<CommandOutcome | null>((resolve) => {
    this.settle = resolve;
  });

  onReply(reply: Reply): void {
    this.replies.push(reply);
    if (CONCLUSIVE.has(reply.outcome.kind)) this.settle(reply.outcome);
    else this.settleIfComplete();
  }

  /**
   * The outcome; null when after `waitMs` some owner has not replied, who may have sent the CALL. `receivers`: how many
   * owners got the command.
   */
  async outcome(receivers: number, waitMs: number): Promise<CommandOutcome | null> {
    this.receivers = receivers;
    this.settleIfComplete();
    const timer = setTimeout(() => this.settle(null), waitMs);
    return this.settled.finally(() => clearTimeout(timer));
  }

  /** Ends the waiting without an outcome. */
  abandon(): void {
    this.interrupted = true;
    this.settle(null);
  }

  private settleIfComplete(): void {
    if (this.replies.length >= this.receivers) this.settle(this.newest());
  }

  private newest(): CommandOutcome | null {
    const sent = this.replies.filter(({ outcome }) => wasSent(outcome));
    const counting = sent.length > 0 ? sent : this.replies;
    return counting.toSorted((one, other) => other.epoch - one.epoch)[0]?.outcome ?? null;
  }
}

function wasSent(outcome: CommandOutcome): boolean {
  return outcome.kind === 'timeout' || (outcome.kind === 'disconnected' && outcome.sent);
}
