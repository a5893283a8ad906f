import { COMMAND_CEILING_MS } from '@ocpp-gw/contracts';

/** Time for our own answer to travel before the client gives up, so that it learns how the command ended. */
const RETURN_MS = 100;

/** How long the charger may take: the least of what the request says, the client's deadline, and the ceiling. */
export function commandTimeoutMs(parts: { timeoutSeconds: number; deadline: Date | number; now: number }): number {
  const { timeoutSeconds, now } = parts;
  const deadline = Number(parts.deadline);
  const asked = timeoutSeconds > 0 ? timeoutSeconds * 1000 : COMMAND_CEILING_MS;
  // A call without a deadline has Infinity.
  const left = Number.isFinite(deadline) ? deadline - now - RETURN_MS : COMMAND_CEILING_MS;
  return Math.max(1, Math.min(asked, left, COMMAND_CEILING_MS));
}
