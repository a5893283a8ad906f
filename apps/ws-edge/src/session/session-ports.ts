import type { Command } from '@ocpp-gw/contracts';
import type { Logger } from '@ocpp-gw/service-kit';
import type { EdgeMetrics } from '../metrics.ts';
import type { FrameRecorder } from '../recording/frame-recording.ts';
import type { Beats } from './beats.ts';
import type { AnswerCall } from './caller.ts';
import type { Deviation } from './deviation-tally.ts';

/** What a session needs of the pod. */
export interface SessionPorts<Session> {
  answer: AnswerCall;
  deviated: (session: Session, deviation: Deviation) => void;
  recorder: (session: Session) => FrameRecorder;
  /** Sends the commands that follow an answer. Never rejects, and nothing waits for it. */
  followUp: (session: Session, commands: readonly Command[]) => void;
  /** Called exactly once, however the connection ended. */
  ended: (session: Session, reason: string, closeCode: number) => void;
  beats: Beats;
  metrics: EdgeMetrics;
  logger: Logger;
}
