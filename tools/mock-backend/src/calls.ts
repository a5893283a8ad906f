import type { Envelope } from './envelope.ts';
import type { MockBackendOptions } from './options.ts';

/** The calls of the backend contract; bodies are raw snake_case JSON. */
export const CALLS = {
  register: '/api/eveys/charge-points/register',
  authorize: '/api/eveys/authorize',
  dataTransfer: '/api/eveys/data-transfer',
  sessionOpen: '/api/eveys/sessions/open',
  sessionUpdate: '/api/eveys/sessions/update',
  sessionClose: '/api/eveys/sessions/close',
  sessionCost: '/api/eveys/sessions/cost',
  chargingNeeds: '/api/eveys/charging-needs',
  evCertificate: '/api/eveys/iso15118/ev-certificate',
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

/** Of the register as if it had begun at 0; null where nothing was metered. */
function costOf(meterWh: unknown): number | null {
  return typeof meterWh === 'number' ? Math.round(meterWh * CENTS_PER_WH) / 100 : null;
}

const CENTS_PER_WH = 0.03;

const SIXTEEN_AMPERES = {
  charging_profile_id: 1,
  stack_level: 0,
  kind: 'Relative',
  schedule: { charging_rate_unit: 'A', periods: [{ start_period: 0, limit: 16 }] },
};

/** What the mock answers unless configured otherwise: everything is accepted. */
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
    [CALLS.sessionUpdate]: { body: {} },
    [CALLS.sessionClose]: { body: {} },
    [CALLS.sessionCost]: ({ data }) => ({ body: { total_cost: costOf(data['meter_wh']) } }),
    [CALLS.chargingNeeds]: { body: { status: 'accepted', charging_profile: SIXTEEN_AMPERES } },
    // Whoever issues contract certificates would read it; here it only has to come back.
    [CALLS.evCertificate]: ({ data }) => ({ body: { status: 'accepted', exi_response: data['exi_request'] } }),
  };
}
