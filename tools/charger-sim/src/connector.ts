import type { Role, TransactionMessage } from './message.ts';
import type { Meter } from './meter.ts';

export interface Reservation {
  id: number;
  idToken: string;
  groupIdToken?: string;
  expires: Date;
}

export type StopCause = 'Local' | 'Remote' | 'SoftReset' | 'HardReset' | 'DeAuthorized' | 'UnlockCommand';

/** A charging session as stations see it. */
export interface ChargingSession {
  /** Which of the charger's sessions, from 1 on. */
  readonly number: number;
  readonly connector: Connector;
  readonly idToken: string;
  readonly idTokenType: string | undefined;
  /** Set for a session that the CSMS asked for. */
  readonly remote: { remoteStartId?: number } | undefined;
  readonly reservationId: number | undefined;
  /** The number of the CSMS (1.6) or the id of the station (2.0.1), once known. */
  transactionId: string | undefined;
  readonly charging: boolean;
  readonly result: Promise<unknown>;
  /** The first cause holds. */
  stop(cause: StopCause): void;
  /** Sends a meter value out of turn. */
  triggerMeter(): void;
  /** The answer to the start or to a later event has the status of the id token. */
  tokenStatus(status: string): void;
  /** What a message of it says of itself. */
  about(role: Role, reading: TransactionMessage['reading']): Omit<TransactionMessage, 'action' | 'payload'>;
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
  session: ChargingSession | undefined;
  /** The status that was last sent to the CSMS. */
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
