import { ANSWER_STATES, endStateOf, type CommandOutcome } from '@ocpp-gw/contracts';
import type { CommandRecord, Commands, UnownedEnd } from '@ocpp-gw/persistence';
import type { CommandCaller } from '@ocpp-gw/redis';
import { outcomeOf } from './outcome.ts';

export interface KeyedEndParts {
  commands: Pick<Commands, 'get' | 'end' | 'endUntaken'>;
  bus: Pick<CommandCaller, 'attend'>;
}

/**
 * The end of a command with an idempotency key. Several may have put it on the bus, and each hears the replies to all. So a reply
 * that says that nothing was sent is true only if no owner has taken the command, and an answer is passed on only once it is durable.
 */
export class KeyedEnd {
  constructor(private readonly parts: KeyedEndParts) {}

  /**
   * The true end, given one that no owner has written.
   * @throws when it cannot be written
   */
  async of(end: UnownedEnd, deadline: Date): Promise<CommandOutcome> {
    const { commandId, outcome, asked: action } = end;
    const state = endStateOf(outcome);
    if (outcome.kind === 'disconnected' || ANSWER_STATES.some((one) => one === state)) {
      await this.parts.commands.end(end);
      return outcome;
    }
    // Nobody replied by the deadline: if nobody has taken it, it has not left.
    const unsent: CommandOutcome = outcome.kind === 'timeout' ? { kind: 'expired' } : outcome;
    if (await this.parts.commands.endUntaken({ ...end, outcome: unsent })) return unsent;
    const ended = await this.written(commandId, deadline.getTime());
    return ended ? outcomeOf(ended) : { kind: 'timeout', action };
  }

  /** The command once its end is written; null when that is not the case by the time (Unix milliseconds). */
  async written(commandId: string, until: number): Promise<CommandRecord | null> {
    const look = async (): Promise<CommandRecord | null> => {
      const now = await this.parts.commands.get(commandId);
      return now?.endedAt ? now : null;
    };
    for (;;) {
      const waitMs = Math.max(0, until - Date.now());
      const ended = await this.parts.bus.attend(commandId, waitMs, look);
      if (ended || waitMs === 0) return ended;
    }
  }
}
