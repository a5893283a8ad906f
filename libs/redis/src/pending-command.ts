import type { CommandOutcome, ReplyEnvelope } from '@ocpp-gw/contracts';

type Reply = Pick<ReplyEnvelope, 'epoch' | 'outcome' | 'recorded'>;

/** How the command ended, and whether an owner has written that. */
type Ended = { outcome: CommandOutcome; recorded: boolean };

/**
 * Outcomes that the charger or its protocol gave. They are true whichever owner sent the CALL. The others only mean
 * that one owner failed, while a newer one may still work on the command.
 */
const CONCLUSIVE: ReadonlySet<CommandOutcome['kind']> = new Set([
  'result',
  'callerror',
  'invalidResult',
  'notSupported',
  'invalidPayload',
]);

/**
 * The replies to one command. During a takeover a charger has two owners for a moment and both get it; the answer of
 * the charger counts first, then that of an owner that sent the CALL, then that of the newest connection.
 */
export class PendingCommand {
  /** Redis was lost since the command was sent, so that a reply may be lost too. */
  interrupted = false;
  private readonly replies: Reply[] = [];
  private receivers = Infinity;
  private settle: (ended: Ended | null) => void = () => undefined;
  private readonly settled = new Promise<Ended | null>((resolve) => {
    this.settle = resolve;
  });

  onReply(reply: Reply): void {
    this.replies.push(reply);
    if (CONCLUSIVE.has(reply.outcome.kind)) this.settle(ended(reply));
    else this.settleIfComplete();
  }

  /**
   * The outcome; null when it is unknown after `waitMs`: an owner that did not reply may have sent the CALL.
   * `receivers`: how many owners got the command.
   */
  async outcome(receivers: number, waitMs: number): Promise<Ended | null> {
    this.receivers = receivers;
    this.settleIfComplete();
    const timer = setTimeout(() => this.giveUp(), waitMs);
    return this.settled.finally(() => clearTimeout(timer));
  }

  /** Ends the waiting with what there is. */
  abandon(): void {
    this.interrupted = true;
    this.giveUp();
  }

  private giveUp(): void {
    const best = this.best();
    this.settle(best && wasSent(best) ? ended(best) : null);
  }

  private settleIfComplete(): void {
    if (this.replies.length < this.receivers) return;
    const best = this.best();
    this.settle(best ? ended(best) : null);
  }

  private best(): Reply | undefined {
    return this.replies.toSorted((a, b) => Number(wasSent(b)) - Number(wasSent(a)) || b.epoch - a.epoch)[0];
  }
}

/**
 * Whether the CALL was sent. Such an outcome comes first: a caller that learns that nothing was sent would send the command
 * twice.
 */
function wasSent({ outcome }: Reply): boolean {
  return outcome.kind === 'timeout' || (outcome.kind === 'disconnected' && outcome.sent);
}

function ended({ outcome, recorded }: Reply): Ended {
  return { outcome, recorded: recorded === true };
}
