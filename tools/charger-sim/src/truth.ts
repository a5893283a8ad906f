import type { Role } from './message.ts';
import type { Hidden } from './misbehaviour/misbehaviour.ts';

interface About {
  cpId: string;
  /** Which of the charger's sessions, from 1 on. */
  session: number;
  connector: number;
}

/** The energy that really flowed in a session that has ended, whatever was sent about it. */
export interface TrueSession extends About {
  kind: 'session';
  protocol: '1.6' | '2.0.1';
  /** The driver. */
  idToken: string;
  beganAt: string;
  endedAt: string;
  /** As the meter shows it, Wh; less at the end than at the beginning where it was reset. */
  registerBeginWh: number;
  registerEndWh: number;
  energyWh: number;
  /** What had ever flowed when it began, Wh, whatever the register shows. */
  totalBeginWh: number;
  misbehaviours: readonly string[];
  hides: readonly Hidden[];
}

/** A message about a session, and what became of it. */
export interface TrueMessage extends About {
  kind: 'message';
  role: Role;
  idToken: string;
  /** The register that it sent, Wh. */
  registerWh: number;
  /** When the meter was read for it, in true time. */
  readAt: string;
  /** What had ever flowed by then, Wh, whatever the register shows. */
  totalWh: number;
  repeats: boolean;
  action: string;
  /** As it was sent. */
  payload: object;
  /** Refused: answered with a CALLERROR. Lost: the connection ended, or no answer came. */
  outcome: 'acknowledged' | 'refused' | 'lost';
  /** The answer; the code of the CALLERROR; what went wrong. */
  answer: unknown;
}

/** A line of the simulator's own log: who charged what, and what the CSMS heard and acknowledged of it. */
export type Truth = TrueSession | TrueMessage;
