import type { Boot, HandledCall, Registration } from '@ocpp-gw/ocpp-j';

/** What an answer told the station of its registration, if it answers a boot. The schemas have vouched for it. */
export function registrationIn(
  boot: Boot,
  { action, reply }: Pick<HandledCall, 'action' | 'reply'>,
): Registration | null {
  return action === boot.action && reply ? boot.registration(reply) : null;
}
