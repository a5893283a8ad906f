import type { Boot, HandledCall, Registration } from '@ocpp-gw/ocpp-j';

/** The registration in the answer to a boot; null for other answers. The answer has passed its schema. */
export function registrationIn(
  boot: Boot,
  { action, reply }: Pick<HandledCall, 'action' | 'reply'>,
): Registration | null {
  return action === boot.action && reply ? boot.registration(reply) : null;
}
