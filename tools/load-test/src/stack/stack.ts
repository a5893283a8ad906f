import type { Watched } from '@ocpp-gw/bench';
import type { KeptInPostgres } from '@ocpp-gw/chaos';

/** A gateway under load. */
export interface Stack {
  /** ws://host:port of every ws-edge. */
  urls: readonly string[];
  /** http://host:port/api/v1 */
  rest: string;
  token: string;
  /** Its processes by name, where they run on this machine. */
  watched?: () => Watched;
  /** Kills a ws-edge with SIGKILL; `again` starts it again. */
  killEdge?: () => { name: string; again(): Promise<void> };
  /** Whether the numbered events of 2.0.1 can be read, too. */
  hasEvents: boolean;
  /** What it keeps of these chargers. @param since Unix milliseconds */
  readKept(cpIds: readonly string[], since: number): Promise<KeptInPostgres>;
  stop(): Promise<void>;
}
