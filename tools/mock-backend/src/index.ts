export { startMockBackend, type MockBackend } from './mock-backend.ts';
export { DEFAULT_OPTIONS, type MockBackendOptions } from './options.ts';
export { type AnswerSource } from './calls.ts';
export type { ReceivedWebhook } from './journal.ts';
