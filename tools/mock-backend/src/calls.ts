import type { Envelope } from './envelope.ts';
import type { MockBackendOptions } from './options.ts';

/** The calls of the backend contract; bodies are raw snake_case JSON. */
export const CALLS = {
  register: '/api/eveys/charge-points/register',
  authorize: '/api/eveys/authorize',
  dataTransfer: '/api/eveys/data-transfer',
  sessionOpen: '/api/eveys/sessions/open',
  sessionClose: '/api/eveys/sessions/close',
} as const;

export type CallPath = (typeof CALLS)[keyof typeof CALLS];

export interface Answer {
  /** 200 when absent. */
  httpStatus?: number;
  body: unknown;
}

/** A fixed answer, or one made from the request. */
export type AnswerSource = Answer | ((envelope: Envelope) => Answer);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the mock answers unless told otherwise: everything is accepted. */
export function defaultAnswers(options: MockBackendOptions): Record<CallPath, AnswerSource> {
  const known = new Map(Object.entries(options.idTokens).map(([token, answer]) => [token.toLowerCase(), answer]));
  return {
    [CALLS.register]: {
      body: { status: options.registerStatus, heartbeat_interval_s: options.heartbeatIntervalSeconds },
    },
    [CALLS.authorize]: ({ data }) => {
      const idToken = text(data['id_token']);
      if (!idToken) return { httpStatus: 400, body: { error: 'data.id_token is missing (a non-empty string)' } };
      // Id tokens compare case-insensitively in both OCPP versions.
      return { body: known.get(idToken.toLowerCase()) ?? { status: options.authorizeStatus } };
    },
    [CALLS.dataTransfer]: { body: { status: 'accepted' } },
    [CALLS.sessionOpen]: { body: {} },
    [CALLS.sessionClose]: { body: {} },
  };
}
