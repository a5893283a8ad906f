import { TOPICS } from '@ocpp-gw/contracts';

export const SERVICE_NAMES = ['edge-a', 'edge-b', 'command-api', 'ingestor', 'dispatcher'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

export const TOKEN = 'chaos-token';
export const SECRET = 'whsec_Y2hhb3Mtc2VjcmV0LWNoYW9zLXNlY3JldC0wMQ==';

type Env = Readonly<Record<string, string>>;

export interface Places {
  engines: Env;
  backendUrl: string;
  /** Of the door of each ws-edge. */
  doors: readonly [number, number];
  /** What gives a ws-edge its door with TLS, for nobody but Envoy; absent: chargers come straight to it, without. */
  behindEnvoy: Env | undefined;
  rest: number;
  grpc: number;
}

/** The environment of each service. */
export function settingsOf(places: Places): Record<ServiceName, Env> {
  const { engines, backendUrl, doors, rest, grpc } = places;
  const subscription = {
    name: 'chaos',
    url: `${backendUrl}/webhooks`,
    secrets: [SECRET],
    events: [TOPICS.transactionStarted, TOPICS.transactionEnded],
  };
  return {
    'edge-a': edge('edge-a', doors[0], places),
    'edge-b': edge('edge-b', doors[1], places),
    'command-api': {
      ...engines,
      EVEYS_OCPP_REST_HOST: '127.0.0.1',
      EVEYS_OCPP_REST_PORT: String(rest),
      EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
      EVEYS_OCPP_GRPC_PORT: String(grpc),
      EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN,
    },
    ingestor: engines,
    dispatcher: {
      ...engines,
      EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
      // The specified hours of patience, in a run of minutes.
      EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.2',
      EVEYS_OCPP_WEBHOOKS: JSON.stringify([subscription]),
    },
  };
}

function edge(pod: string, port: number, { engines, backendUrl, behindEnvoy }: Places): Env {
  return {
    ...engines,
    ...behindEnvoy,
    [behindEnvoy ? 'EVEYS_OCPP_WS_TLS_PORT' : 'EVEYS_OCPP_WS_PORT']: String(port),
    EVEYS_OCPP_POD_NAME: pod,
    EVEYS_OCPP_WS_HOST: '127.0.0.1',
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    // Envoy asks every 0.4 s.
    EVEYS_OCPP_WS_DRAIN_LB_S: '1.5',
    EVEYS_OCPP_WS_DRAIN_WINDOW_S: '3',
    // Of those that misbehave some lose power after every session, and sessions are short here.
    EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: '2',
    EVEYS_OCPP_BACKEND_BASE_URL: backendUrl,
    EVEYS_OCPP_BACKEND_TOKEN: TOKEN,
    EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'accept_offline',
  };
}
