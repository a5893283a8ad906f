import type { Acknowledged, Complaint } from '../books/facts.ts';

/** A charger as the fleet drives it. */
export interface FleetCharger {
  readonly cpId: string;
  /** What has to be there message by message. */
  readonly acknowledged: readonly Acknowledged[];
  /** The data of each DataTransfer that came, in order. */
  readonly transferred: readonly string[];
  /** What waits for an acknowledgement. */
  readonly waiting: number;
  readonly isOpen: boolean;
  readonly complaints: readonly Complaint[];
  start(): void;
  /** Ends the running session and begins no other. */
  finish(): void;
  cut(): void;
  stop(): Promise<void>;
}
