interface AuthorizeAnswer {
  /** 2.0.1 AuthorizationStatusEnumType. */
  status: string;
  /** RFC 3339. */
  expires_at?: string;
  group_id_token?: { id_token: string; type?: string };
  /** These only 2.0.1 has room for. */
  charging_priority?: number;
  evse_ids?: number[];
  language?: string;
  personal_message?: { format: string; language?: string; content: string };
}

export interface MockBackendOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Bearer token the gateway must present. */
  token: string;
  registerStatus: 'Accepted' | 'Pending' | 'Rejected';
  heartbeatIntervalSeconds: number;
  /** Answered for id tokens that `idTokens` does not name. */
  authorizeStatus: string;
  idTokens: Record<string, AuthorizeAnswer>;
  /** Added before every answer of the contract. */
  latencyMs: number;
  /** Share of contract calls answered 503, 0 to 1. */
  failRate: number;
  /** Secret of the webhook subscription that points here, `whsec_` and base64. */
  webhookSecret: string;
  /** How many requests and how many webhooks are remembered. */
  memory: number;
}

export const DEFAULT_OPTIONS: Readonly<MockBackendOptions> = {
  host: '0.0.0.0',
  port: 9200,
  token: 'dev-token',
  registerStatus: 'Accepted',
  heartbeatIntervalSeconds: 300,
  authorizeStatus: 'Accepted',
  idTokens: {},
  latencyMs: 0,
  failRate: 0,
  // Public on purpose: development only.
  webhookSecret: 'whsec_ZGV2LW9ubHktd2ViaG9vay1zZWNyZXQtMzItYnl0ZXM=',
  memory: 1000,
};

interface Variable {
  describe: string;
  read(text: string): Partial<MockBackendOptions> | string;
}

const number = (name: keyof MockBackendOptions, min: number, max: number): Variable['read'] => {
  return (text) => {
    const value = Number(text);
    return text.trim() && value >= min && value <= max ? { [name]: value } : `must be a number from ${min} to ${max}`;
  };
};

const idTokens: Variable['read'] = (text) => {
  const form = 'must be JSON such as {"TAG1":{"status":"Blocked"}}';
  try {
    const value = JSON.parse(text) as MockBackendOptions['idTokens'] | null;
    const answers = value && typeof value === 'object' ? Object.values(value) : [null];
    return value && answers.every((answer) => typeof answer?.status === 'string') ? { idTokens: value } : form;
  } catch {
    return form;
  }
};

const registerStatus: Variable['read'] = (text) =>
  text === 'Accepted' || text === 'Pending' || text === 'Rejected'
    ? { registerStatus: text }
    : 'must be Accepted, Pending or Rejected';

const webhookSecret: Variable['read'] = (text) =>
  /^whsec_[A-Za-z0-9+/]+=*$/.test(text) ? { webhookSecret: text } : 'must be whsec_ followed by base64';

export const VARIABLES: Record<string, Variable> = {
  MOCK_BACKEND_HOST: { describe: 'address to bind, 0.0.0.0', read: (host) => ({ host }) },
  MOCK_BACKEND_PORT: { describe: 'port, 9200', read: number('port', 0, 65_535) },
  MOCK_BACKEND_TOKEN: { describe: 'bearer token, dev-token', read: (token) => ({ token }) },
  MOCK_BACKEND_REGISTER_STATUS: { describe: 'Accepted, Pending or Rejected', read: registerStatus },
  MOCK_BACKEND_HEARTBEAT_INTERVAL_S: {
    describe: 'answered to a boot, 300',
    read: number('heartbeatIntervalSeconds', 0, 86_400),
  },
  MOCK_BACKEND_AUTHORIZE_STATUS: {
    describe: 'for id tokens not named, Accepted',
    read: (authorizeStatus) => ({ authorizeStatus }),
  },
  MOCK_BACKEND_ID_TOKENS: { describe: 'JSON: id token → authorize answer', read: idTokens },
  MOCK_BACKEND_LATENCY_MS: { describe: 'added to every answer, 0', read: number('latencyMs', 0, 600_000) },
  MOCK_BACKEND_FAIL_RATE: { describe: 'share answered 503, 0 to 1', read: number('failRate', 0, 1) },
  MOCK_BACKEND_WEBHOOK_SECRET: { describe: 'verifies POST /webhooks, whsec_…', read: webhookSecret },
};

export type OptionsReading = { ok: true; options: MockBackendOptions } | { ok: false; problems: string[] };

/** Options from the environment over the defaults; all bad variables are reported at once. */
export function readOptions(env: Readonly<Record<string, string | undefined>>): OptionsReading {
  const options = { ...DEFAULT_OPTIONS };
  const problems: string[] = [];
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    const value = variable.read(text);
    if (typeof value === 'string') problems.push(`${name} ${value}, not ${JSON.stringify(text)}`);
    else Object.assign(options, value);
  }
  return problems.length ? { ok: false, problems } : { ok: true, options };
}
