export { startMockBackend, type MockBackend } from './mock-backend.ts';
export { DEFAULT_OPTIONS, type AuthorizeAnswer, type MockBackendOptions } from './options.ts';
export { CALLS, type Answer, type AnswerSource, type CallPath } from './calls.ts';
export type { Envelope } from './envelope.ts';
export type { ReceivedRequest, ReceivedWebhook } from './journal.ts';
