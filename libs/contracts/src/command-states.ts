import type { CommandOutcome } from './command-bus.ts';

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
