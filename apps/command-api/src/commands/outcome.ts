import type { CommandOutcome } from '@ocpp-gw/contracts';
import type { CommandRecord } from '@ocpp-gw/persistence';

/** The outcome of a command that has ended. Without one, pods were killed and it ended at its deadline. */
export function outcomeOf({ outcome, state, action, command }: CommandRecord): CommandOutcome {
  if (outcome !== null) return outcome as CommandOutcome;
  return state === 'expired' ? { kind: 'expired' } : { kind: 'timeout', action: action ?? command };
}
