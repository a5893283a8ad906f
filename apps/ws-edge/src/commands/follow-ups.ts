import { COMMAND_BUS_VERSION, type Command } from '@ocpp-gw/contracts';
import type { Logger } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import type { Session } from '../session/session.ts';
import type { CommandExecutor } from './command-executor.ts';

/** Short, because callers' commands wait behind it and many charge points do not answer an unknown CALL. */
const ANSWER_WITHIN_MS = 10_000;

/** Greatest number of waiting commands for one charge point. Further ones are dropped. */
const MAX_WAITING = 16;

export interface FollowUpsOptions {
  executor: Pick<CommandExecutor, 'carryOut'>;
  logger: Logger;
}

/** The waiting commands of one charge point by subject, the oldest first. */
interface Waiting {
  commands: Map<string, Command>;
  /** Resolves when nothing waits. */
  running: Promise<void>;
}

/**
 * Sends the commands that follow an answer (docs/adr/0018), one at a time for each connection. When two waiting
 * commands are about the same subject, only the newer one is sent. A CALL that the charge point does not support is not
 * sent again on that connection.
 */
export class FollowUps {
  private readonly waiting = new WeakMap<Session, Waiting>();

  constructor(private readonly options: FollowUpsOptions) {}

  /** Resolves when no command waits for the charge point any more. Never rejects. */
  async ask(session: Session, commands: readonly Command[]): Promise<void> {
    const waiting = this.waiting.get(session) ?? { commands: new Map<string, Command>(), running: Promise.resolve() };
    for (const command of commands) this.enqueue(session, waiting.commands, command);
    if (!this.waiting.has(session)) {
      this.waiting.set(session, waiting);
      waiting.running = this.run(session, waiting.commands);
    }
    return waiting.running;
  }

  private enqueue({ peer: { cpId } }: Session, commands: Map<string, Command>, command: Command): void {
    const subject = subjectOf(command);
    if (commands.size < MAX_WAITING || commands.has(subject)) commands.set(subject, command);
    else
      this.options.logger.warn('too many commands wait for the charger, dropping one', { cpId, command: command.kind });
  }

  private async run(session: Session, commands: Map<string, Command>): Promise<void> {
    for (let next = first(commands); next; next = first(commands)) {
      commands.delete(next[0]);
      await this.askOne(session, next[1]);
    }
    this.waiting.delete(session);
  }

  private async askOne(session: Session, command: Command): Promise<void> {
    const { cpId } = session.peer;
    const commandId = randomUUID();
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    try {
      const translated = session.peer.protocol.translate(command);
      if (translated.ok && session.state.lacks(translated.action)) {
        this.options.logger.debug('charger does not support the command that follows its answer', {
          cpId,
          action: translated.action,
        });
        return;
      }
      const answer = await this.options.executor.carryOut({
        v: COMMAND_BUS_VERSION,
        type: 'command',
        requestId: commandId,
        cpId,
        deadline,
        command,
      });
      if (answer?.outcome.kind !== 'result')
        this.options.logger.warn('charger did not accept the command that follows its answer', {
          cpId,
          commandId,
          outcome: answer?.outcome,
        });
    } catch (err) {
      this.options.logger.error('command that follows an answer could not be sent', { cpId, commandId, err });
    }
  }
}

/**
 * The subject of a command: the cost of a transaction, or the profile of an EVSE. The newest command about a subject
 * counts.
 */
function subjectOf(command: Command): string {
  const { kind, transactionId, evseId } = command as Command & { transactionId?: string; evseId?: number };
  return JSON.stringify([kind, transactionId, evseId]);
}

function first(commands: Map<string, Command>): [string, Command] | undefined {
  return commands.entries().next().value;
}
