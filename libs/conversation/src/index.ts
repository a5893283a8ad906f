export type {
  ConnectionSpan,
  Conversation,
  DeviationsMet,
  Direction,
  MessageKind,
  RecordedMessage,
  RecordedSession,
  RefusedHandshake,
} from './conversation.ts';
export { frameOf, payloadOf } from './frame.ts';
export { exchangesOf, type Exchange, type Frame } from './overview/exchanges.ts';
export { protocolOfAll } from './protocols.ts';
export { recordedMessage, type Circumstances } from './recorded-message.ts';
export { TRACE_VERSION } from './trace/record.ts';
export { TraceError, TraceReader, readTrace, readTraceText } from './trace/read.ts';
export { traceLine, traceLines } from './trace/write.ts';
export { sessionsOf, type ImpliedSession, type ImpliedSessions } from './sessions.ts';
export { anonymised } from './anonymise/anonymise.ts';
export { findingsOf, type Finding, type FrameReference } from './findings/findings.ts';
export { FINDING_KINDS, SEVERITIES, type FindingKind, type Severity } from './findings/kinds.ts';
export { DEFAULT_SETTINGS, type FindingSettings } from './findings/settings.ts';
