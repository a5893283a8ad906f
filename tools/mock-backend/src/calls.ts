import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
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

const CENTS_PER_WH = 0.03;

/** The price of the energy since the start; the register counts over all sessions. None where nothing was metered. */
function costOf(energyWh: unknown): object {
  if (typeof energyWh !== 'number') return { cost: null, total_cost: null };
  const amount = (Math.round(energyWh * CENTS_PER_WH) / 100).toFixed(2);
  return { cost: { amount, currency: 'EUR' }, total_cost: Number(amount) };
}

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
    // Id tokens compare case-insensitively in both OCPP versions.
    [BACKEND_PATHS.authorize]: ({ data }) => ({
      body: known.get(text(data['id_token']).toLowerCase()) ?? { status: options.authorizeStatus },
    }),
    [BACKEND_PATHS.dataTransfer]: { body: { status: 'Accepted' } },
    [BACKEND_PATHS.sessionOpen]: { body: {} },
    [BACKEND_PATHS.sessionUpdate]: { body: {} },
    [BACKEND_PATHS.sessionClose]: { body: {} },
    [BACKEND_PATHS.sessionCost]: ({ data }) => ({ body: costOf(data['energy_wh']) }),
    [BACKEND_PATHS.chargingNeeds]: { body: { status: 'Accepted', charging_profile: SIXTEEN_AMPERES } },
    // Whoever issues contract certificates would read it; here it only has to come back.
    [BACKEND_PATHS.evCertificate]: ({ data }) => ({ body: { status: 'Accepted', exi_response: data['exi_request'] } }),
  };
}
