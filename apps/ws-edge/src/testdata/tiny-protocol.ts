import {
  subprotocolSpelling,
  type ActionHandler,
  type CallContext,
  type ErrorCode,
  type Protocol,
  type Validation,
} from '@ocpp-gw/ocpp-j';
import { isDeepStrictEqual } from 'node:util';

interface Hello {
  maker: string;
}

interface Count {
  count: number;
}

const hello: ActionHandler<Hello, object, 'registration'> = {
  lookups: ({ maker }) => ({ registration: { vendor: maker, model: 'Tiny' } }),
  decide: ({ maker }, { registration, now }) => {
    if (!registration) throw new Error('the registration was not looked up');
    return {
      reply: { taken: registration.status, everySeconds: registration.intervalSeconds, at: now.getTime() },
      before: [{ kind: 'stationBooted', vendor: maker, model: 'Tiny', registration }],
    };
  },
};

const count: ActionHandler<Count, object, never> = {
  lookups: () => ({}),
  decide: ({ count: version }: Count, _context: CallContext) => ({
    reply: {},
    before: [{ kind: 'localListVersion', version }],
  }),
};

/** The fields of a message, by their types. */
const REQUESTS = { Hello: ['string'], Count: ['number'], Recount: [] } as const;
const RESPONSES = { Hello: ['string', 'number', 'number'], Count: [], Recount: ['string'] } as const;

function validate(types: Readonly<Record<string, readonly string[]>>, action: string, payload: unknown): Validation {
  const values = Object.values(payload as object).map((value) => typeof value);
  return isDeepStrictEqual(values, types[action])
    ? { ok: true, payload: payload as Record<string, unknown>, deviations: [] }
    : { ok: false, code: 'FormatViolation', description: `${action} has other fields`, faults: [] };
}

const CODES: Readonly<Record<string, ErrorCode>> = { unknown: 'NotImplemented', early: 'SecurityError' };

/**
 * A protocol that no charger speaks: stations say Hello and tell a Count, and are asked to Recount. Its words are none of
 * another version.
 */
export const tinyProtocol: Protocol = {
  dialect: {
    subprotocol: 'tiny3',
    spelling: subprotocolSpelling('3', 'tiny[ -]?3'),
    compression: true,
    identityFault: (identity) => (/^T\d+$/.test(identity) ? null : 'must be a T and a number'),
    // Stations send their passwords backwards.
    passwordReadings: (password) => [Buffer.from([...password].reverse())],
    errorCodes: new Proxy({} as Record<ErrorCode, string>, {
      get: (_, code) => Object.keys(CODES).find((word) => CODES[word] === code) ?? 'wrong',
    }),
    answersUnreadableId: false,
    answersUnknownMessageType: false,
    maxMessageIdLength: 8,
  },
  actions: { Hello: hello, Count: count },
  knownActions: new Set(['Hello', 'Count', 'Recount']),
  boot: {
    action: 'Hello',
    registration: (reply) => {
      const { taken, everySeconds } = reply as { taken: 'Accepted' | 'Pending' | 'Rejected'; everySeconds: number };
      return { status: taken, intervalSeconds: everySeconds };
    },
    renewed: (reply, now) => ({ ...reply, at: now.getTime() }),
  },
  allowedBeforeAccepted: new Set(),
  repeatable: { Hello: { within: 'connection' } },
  requests: { Recount: { brings: 'Count' } },
  validateRequest: (action, payload) => validate(REQUESTS, action, payload),
  validateResponse: (action, payload) => validate(RESPONSES, action, payload),
  translate: ({ kind }) =>
    kind === 'ClearCache'
      ? { ok: true, action: 'Recount', payload: {} }
      : { ok: false, kind: 'notSupported', reason: 'a tiny station can only count' },
  mirrors: { Recount: { answered: () => [{ kind: 'localListVersion', version: 0 }] } },
  readStatus: (_command, { status }) => status as string,
  readAnswer: () => undefined,
};
