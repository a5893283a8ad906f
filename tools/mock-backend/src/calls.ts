import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend-paths';
import type { Envelope } from './envelope.ts';
import type { MockBackendOptions } from './options.ts';

export type CallPath = (typeof BACKEND_PATHS)[keyof typeof BACKEND_PATHS];

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
    [BACKEND_PATHS.register]: {
      body: { status: options.registerStatus, heartbeat_interval_s: options.heartbeatIntervalSeconds },
    },
    [BACKEND_PATHS.authorize]: ({ data }) => {
      const idToken = text(data['id_token']);
      if (!idToken) return { httpStatus: 400, body: { error: 'data.id_token is missing (a non-empty string)' } };
      // Id tokens compare case-insensitively in both OCPP versions.
      return { body: known.get(idToken.toLowerCase()) ?? { status: options.authorizeStatus } };
    },
    [BACKEND_PATHS.dataTransfer]: { body: { status: 'accepted' } },
    [BACKEND_PATHS.sessionOpen]: { body: {} },
    [BACKEND_PATHS.sessionUpdate]: { body: {} },
    [BACKEND_PATHS.sessionClose]: { body: {} },
    [BACKEND_PATHS.sessionCost]: ({ data }) => ({ body: { total_cost: costOf(data['meter_wh']) } }),
    [BACKEND_PATHS.chargingNeeds]: { body: { status: 'accepted', charging_profile: SIXTEEN_AMPERES } },
    // Whoever issues contract certificates would read it; here it only has to come back.
    [BACKEND_PATHS.evCertificate]: ({ data }) => ({ body: { status: 'accepted', exi_response: data['exi_request'] } }),
  };
}
