export { BACKEND_PATHS } from '../backend-paths.ts';
export { BACKEND_CALLS, type BackendCall, type BackendCallName } from './calls.ts';
export { BACKEND_ENVELOPE_VERSION, backendEnvelope, type BackendEnvelope } from './envelope.ts';
export {
  authorizeAnswer,
  authorizeData,
  chargingNeedsAnswer,
  chargingNeedsData,
  costAnswer,
  costData,
  dataTransferAnswer,
  dataTransferData,
  evCertificateAnswer,
  evCertificateData,
  registerAnswer,
  registerData,
} from './questions.ts';
export type { SessionCloseData, SessionData } from './sessions.ts';
