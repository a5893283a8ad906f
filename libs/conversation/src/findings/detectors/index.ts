import type { Detector } from '../detector.ts';
import { callsRefused, chargerAnswersErrors } from './call-errors.ts';
import { clockSkew } from './clock-skew.ts';
import { connectorFault } from './connector-fault.ts';
import { failedAuthorization } from './failed-authorization.ts';
import { diagnosticsFailure, firmwareFailure } from './failures.ts';
import { fallingRegister } from './falling-register.ts';
import { fieldRulesMet } from './field-rules-met.ts';
import { forbiddenStatusTransition } from './forbidden-status-transition.ts';
import { handshakesRefused } from './handshakes-refused.ts';
import { heartbeatMissing } from './heartbeat-missing.ts';
import { heartbeatOffInterval } from './heartbeat-off-interval.ts';
import { invalidStopReason } from './invalid-stop-reason.ts';
import { meterAnomaly } from './meter-anomaly.ts';
import { meterGap } from './meter-gap.ts';
import { offlineDuringSession } from './offline-during-session.ts';
import { reconnectLoop } from './reconnect-loop.ts';
import { registrationNotAccepted } from './registration-not-accepted.ts';
import { repeatedBoots } from './repeated-boots.ts';
import { sessionCorrected, sessionUnassigned } from './sessions.ts';
import { silentCharger } from './silent-charger.ts';
import { silentCsms } from './silent-csms.ts';
import { slowAnswers } from './slow-answers.ts';
import { suspiciousDuration } from './suspicious-duration.ts';
import { unexpectedStart } from './unexpected-start.ts';
import { unreadableFrames } from './unreadable-frames.ts';

/** One detector for each kind of finding. */
export const DETECTORS: readonly Detector[] = [
  handshakesRefused,
  registrationNotAccepted,
  reconnectLoop,
  repeatedBoots,
  offlineDuringSession,
  heartbeatMissing,
  heartbeatOffInterval,
  clockSkew,
  silentCharger,
  chargerAnswersErrors,
  silentCsms,
  callsRefused,
  slowAnswers,
  unreadableFrames,
  fieldRulesMet,
  failedAuthorization,
  unexpectedStart,
  connectorFault,
  forbiddenStatusTransition,
  invalidStopReason,
  suspiciousDuration,
  meterGap,
  meterAnomaly,
  fallingRegister,
  sessionCorrected,
  sessionUnassigned,
  diagnosticsFailure,
  firmwareFailure,
];
