import type { CommandOutcome } from './command-bus.ts';
import { masked } from './masked.ts';

/** Every state of a command. It begins as `queued` and ends in one of {@link END_STATES}. */
export const COMMAND_STATES = [
  'queued',
  'sent',
  'accepted',
  'rejected',
  'callerror',
  'invalid_answer',
  'timeout',
  'disconnected',
  'expired',
  'refused',
  'cancelled',
] as const;

export type CommandState = (typeof COMMAND_STATES)[number];
export type EndState = Exclude<CommandState, 'queued' | 'sent'>;

/** States in which the charge point has answered. */
export const ANSWER_STATES = [
  'accepted',
  'rejected',
  'callerror',
  'invalid_answer',
] as const satisfies readonly EndState[];

/** Statuses by which a charge point says that it has carried the command out, or will; no status means the same. */
const ACCEPTING: ReadonlySet<string> = new Set([
  'Accepted',
  'AcceptedCanceled',
  'RebootRequired',
  'Scheduled',
  'Unlocked',
  'Unpublished',
]);

/** The state in which a command with this outcome ends. */
export function endStateOf(outcome: CommandOutcome): EndState {
  switch (outcome.kind) {
    case 'result':
      return outcome.status === undefined || ACCEPTING.has(outcome.status) ? 'accepted' : 'rejected';
    case 'invalidResult':
      return 'invalid_answer';
    case 'offline':
      return 'disconnected';
    case 'moved':
    case 'notSupported':
    case 'invalidPayload':
      return 'refused';
    case 'callerror':
    case 'timeout':
    case 'disconnected':
    case 'expired':
    case 'refused':
    case 'cancelled':
      return outcome.kind;
  }
}

/** The end of a command as it is stored: without secrets. */
export function storedEnd(outcome: CommandOutcome): { state: EndState; outcome: CommandOutcome } {
  return { state: endStateOf(outcome), outcome: masked(outcome) as CommandOutcome };
}
