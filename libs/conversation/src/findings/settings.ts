/** The limits from which something is a finding. */
export interface FindingSettings {
  /** An answer that takes longer is slow. */
  slowAnswerS: number;
  /** A CALL that waits longer on an open connection is not answered any more. */
  answerTimeoutS: number;
  /** Heartbeat intervals of silence that are one too many, and those after a boot. */
  silentIntervals: number;
  silentIntervalsAfterBoot: number;
  /** Heartbeats that come in less than half the interval; fewer may have been triggered. */
  hastyHeartbeats: number;
  /** The charge point is offline during a session if it is away for longer. */
  offlineS: number;
  /** A pause between readings, where a session has too few of them to have a usual pause. */
  meterGapS: number;
  shortSessionS: number;
  longSessionS: number;
  repeatedBoots: number;
  repeatedBootsWithinS: number;
  reconnects: number;
  reconnectsWithinS: number;
  clockAheadS: number;
  clockBehindS: number;
  /** How many frames, and how many sentences of details, a finding has at most. */
  maxFrames: number;
  maxDetails: number;
}

export const DEFAULT_SETTINGS: FindingSettings = {
  slowAnswerS: 10,
  answerTimeoutS: 30,
  silentIntervals: 3,
  silentIntervalsAfterBoot: 2,
  hastyHeartbeats: 3,
  offlineS: 60,
  meterGapS: 1200,
  shortSessionS: 60,
  longSessionS: 86_400,
  repeatedBoots: 3,
  repeatedBootsWithinS: 900,
  reconnects: 5,
  reconnectsWithinS: 600,
  clockAheadS: 60,
  clockBehindS: 300,
  maxFrames: 20,
  maxDetails: 10,
};
