import type { Meter } from './meter.ts';
import type { Session } from './session.ts';

export interface Reservation {
  id: number;
  idToken: string;
  groupIdToken?: string;
  expires: Date;
}

/** A connector of 1.6; in 2.0.1 the one connector of the EVSE of that number. */
export class Connector {
  readonly number: number;
  readonly meter: Meter;
  phase: 'idle' | 'plugged' | 'charging' | 'finishing' = 'idle';
  operative = true;
  /** ChangeAvailability that waits for the end of the session. */
  scheduledOperative: boolean | undefined;
  reservation: Reservation | undefined;
  session: Session | undefined;
  /** Last status told to the CSMS. */
  reported: string | undefined;

  constructor(number: number, meter: Meter) {
    this.number = number;
    this.meter = meter;
  }

  /** Whether a session of this token may begin here. */
  isFreeFor(idToken: string): boolean {
    if (this.session || !this.operative) return false;
    if (!this.reservation) return true;
    // Id tokens compare case-insensitively (CiString, identifierString).
    const { idToken: holder, groupIdToken } = this.reservation;
    return [holder, groupIdToken].some((token) => token?.toLowerCase() === idToken.toLowerCase());
  }
}
