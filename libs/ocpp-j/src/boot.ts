import { formatTime } from './charger-time.ts';
import type { Registration } from './effects.ts';

/** How a station registers in one OCPP version. */
export interface Boot {
  /** The CALL that every station may send at any time. */
  action: string;
  /** What a valid reply tells the station. */
  registration(reply: object): Registration;
  /** Renews an earlier reply with the time of now, because the station sets its clock by it. */
  renewed(reply: object, now: Date): object;
}

/** The same in every version so far. */
export const bootNotification: Boot = {
  action: 'BootNotification',
  registration: (reply) => {
    const { status, interval } = reply as { status: Registration['status']; interval: number };
    return { status, intervalSeconds: interval };
  },
  renewed: (reply, now) => ({ ...reply, currentTime: formatTime(now) }),
};
