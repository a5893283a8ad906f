import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AnswerSource, type CallPath, defaultAnswers } from './calls.ts';
import { Contract } from './contract.ts';
import { exchange, type Request, type Response } from './http.ts';
import { Journal, type ReceivedRequest, type ReceivedWebhook } from './journal.ts';
import { DEFAULT_OPTIONS, type MockBackendOptions } from './options.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

export interface MockBackend {
  /** Base URL, for EVEYS_OCPP_BACKEND_BASE_URL; webhooks go to `${url}/webhooks`. */
  readonly url: string;
  /** What the contract's calls received, oldest first. */
  requests(filter?: { path?: string; cp_id?: string }): ReceivedRequest[];
  /** Verified webhooks, oldest first. */
  webhooks(filter?: { type?: string; cp_id?: string }): ReceivedWebhook[];
  /** Answers one call of the contract differently from now on; without an answer, as at the start again. */
  setAnswer(path: CallPath, answer?: AnswerSource): void;
  /** Forgets what was received, the idempotency keys and the set answers. */
  clear(): void;
  stop(): Promise<void>;
}

/** Starts the backend of the contract (docs/integration) in this process. */
export async function startMockBackend(given: Partial<MockBackendOptions> = {}): Promise<MockBackend> {
  const options = { ...DEFAULT_OPTIONS, ...given };
  const requests = new Journal<ReceivedRequest>(options.memory);
  const webhooks = new Journal<ReceivedWebhook>(options.memory);
  const contract = new Contract(options, requests);
  const receiver = new WebhookReceiver(options.webhookSecret, webhooks);
  const clear = (): void => {
    requests.clear();
    webhooks.clear();
    contract.clear();
  };

  const route = async (request: Request): Promise<Response> => {
    const { method, path, query } = request;
    const about = `${method} ${path}`;
    if (about === 'GET /_/health') return { status: 200, body: { status: 'ok' } };
    if (about === 'GET /_/requests') {
      const items = requests.list({ path: query.get('path'), cp_id: query.get('cp_id') });
      return { status: 200, body: { items, forgotten: requests.forgotten } };
    }
    if (about === 'GET /_/webhooks') {
      const items = webhooks.list({ type: query.get('type'), cp_id: query.get('cp_id') });
      return { status: 200, body: { items, forgotten: webhooks.forgotten } };
    }
    if (about === 'DELETE /_/') {
      clear();
      return { status: 204 };
    }
    if (about === 'POST /webhooks') return receiver.receive(request);
    if (method === 'POST' && contract.has(path)) return contract.handle(request);
    return { status: 404, body: { error: `nothing answers ${about}; see --help` } };
  };

  const server = createServer((incoming, outgoing) => void exchange(incoming, outgoing, route));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = options.host === '0.0.0.0' ? '127.0.0.1' : options.host;

  return {
    url: `http://${host}:${port}`,
    requests: ({ path = null, cp_id = null } = {}) => requests.list({ path, cp_id }),
    webhooks: ({ type = null, cp_id = null } = {}) => webhooks.list({ type, cp_id }),
    setAnswer: (path, answer) => contract.setAnswer(path, answer ?? defaultAnswers(options)[path]),
    clear,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
