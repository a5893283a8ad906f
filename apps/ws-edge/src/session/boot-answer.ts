import type { HandledCall, Registration } from '@ocpp-gw/ocpp-j';

export const BOOT = 'BootNotification';

/** The registration in an answer to a boot; nothing for other answers. */
export function registrationTold({ action, reply }: Pick<HandledCall, 'action' | 'reply'>): Registration | null {
  if (action !== BOOT || !reply) return null;
  // The schemas of both versions have just validated the answer.
  const { status, interval } = reply as { status: Registration['status']; interval: number };
  return { status, intervalSeconds: interval };
}
