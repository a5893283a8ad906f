import { COMMAND_CEILING_MS } from '@ocpp-gw/contracts';

/** Time reserved for our answer to reach the client before its deadline. */
const RETURN_MS = 100;

/** How long the charge point may take: the shortest of the request's timeout, the client's deadline and the ceiling. */
export function commandTimeoutMs(parts: { timeoutSeconds: number; deadline: Date | number; now: number }): number {
  const { timeoutSeconds, now } = parts;
  const deadline = Number(parts.deadline);
  const asked = timeoutSeconds > 0 ? timeoutSeconds * 1000 : COMMAND_CEILING_MS;
  // The deadline of a call without one is Infinity.
  const left = Number.isFinite(deadline) ? deadline - now - RETURN_MS : COMMAND_CEILING_MS;
  return Math.max(1, Math.min(asked, left, COMMAND_CEILING_MS));
}
