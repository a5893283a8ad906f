import type { PayloadFault } from '@ocpp-gw/contracts';

/** Thrown when a handler's reply breaks its own schema: a fault of ours, never of the charger. */
export class InvalidReplyError extends Error {
  override readonly name = 'InvalidReplyError';
  readonly action: string;
  readonly faults: readonly PayloadFault[];
  constructor(action: string, description: string, faults: readonly PayloadFault[]) {
    super(`our reply to ${action} is invalid: ${description}`);
    this.action = action;
    this.faults = faults;
  }
}

/** Whether a commit failed because a concurrent writer took what the lookups reserved. */
export function isStaleFacts(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'STALE_FACTS';
}
