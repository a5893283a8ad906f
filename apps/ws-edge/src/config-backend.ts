import { seconds } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { optionalCalls } from './backend/optional-calls.ts';
import { count } from './config-count.ts';

/** How the backend is called. */
export const backendConfig = {
  EVEYS_OCPP_BACKEND_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a http:// or https:// URL' })
    .optional()
    .describe('Base URL of the backend. Without it the gateway calls no backend, and the fallbacks apply'),
  EVEYS_OCPP_BACKEND_TOKEN: z.string().optional().describe('The gateway sends this bearer token to the backend'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: z
    .enum(['reject', 'accept_offline'])
    .default('reject')
    .describe(
      'The answer for an id token while the backend cannot be asked: reject says Invalid, accept_offline says Accepted',
    ),
  EVEYS_OCPP_BACKEND_ATTEMPT_TIMEOUT_S: seconds()
    .min(0.05)
    .default(3)
    .describe('One attempt at a backend call may take this long, seconds'),
  EVEYS_OCPP_BACKEND_DEADLINE_S: seconds()
    .min(0.05)
    .default(8)
    .describe(
      'All attempts of one backend call together may take this long, seconds. The charge point waits meanwhile',
    ),
  EVEYS_OCPP_BACKEND_RETRIES: count(0, 10)
    .default(2)
    .describe('The gateway repeats a backend call that failed for a passing reason this many times'),
  EVEYS_OCPP_BACKEND_CONNECTIONS: count(1, 1000)
    .default(32)
    .describe('The gateway opens at most this many connections to the backend'),
  EVEYS_OCPP_BACKEND_BREAKER_FAILURES: count(1, 1000)
    .default(5)
    .describe(
      'After this many failed calls in a row the gateway stops calling the backend for EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S',
    ),
  EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S: seconds()
    .default(10)
    .describe('After that many failed calls in a row the gateway does not call the backend for this long, seconds'),
  EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: optionalCalls.describe(
    'Optional calls that the backend implements, separated by commas: cost, charging-needs, ev-certificate, session-update. The gateway does not make the others',
  ),
  EVEYS_OCPP_BACKEND_COST_TIMEOUT_S: seconds()
    .min(0.05)
    .default(1)
    .describe('The gateway waits this long for the cost before it answers the charge point without it, seconds'),
  EVEYS_OCPP_BACKEND_AUTHORIZE_CACHE_S: seconds()
    .default(300)
    .describe(
      'The gateway remembers an accepted id token for this long and does not ask the backend again, seconds; 0 asks each time',
    ),
  EVEYS_OCPP_BACKEND_AUTHORIZE_REFUSAL_CACHE_S: seconds()
    .default(30)
    .describe(
      'The gateway remembers a refused id token for this long and does not ask the backend again, seconds; 0 asks each time',
    ),
};
