import type { HandledCall, Registration } from '@ocpp-gw/ocpp-j';

export const BOOT = 'BootNotification';

/** What an answer told the station of its registration, if it answers a boot. */
export function registrationTold({ action, reply }: Pick<HandledCall, 'action' | 'reply'>): Registration | null {
  if (action !== BOOT || !reply) return null;
  // The schemas of both versions have just vouched for it.
  const { status, interval } = reply as { status: Registration['status']; interval: number };
  return { status, intervalSeconds: interval };
}
