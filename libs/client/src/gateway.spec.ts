import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Gateway, GatewayProblem, WebhookVerificationError, verifyWebhook } from './index.ts';

type Reply = () => Response;

const ID = '01a22b3e-3161-7000-8000-4f4a2c5d6e7f';
const json = (body: object, status = 200, headers: Record<string, string> = {}): Reply => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return () => new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });
};
const problem = (type: string, status: number): object => ({
  type: `urn:ocpp-gw:problem:${type}`,
  title: type,
  status,
  detail: 'what to do',
  request_id: 'r',
});
const broken: Reply = () => {
  throw new TypeError('fetch failed');
};

/** A gateway that gives these replies one after the other, and the requests that it got. */
function served(...replies: Reply[]): { gateway: Gateway; requests: Request[] } {
  const requests: Request[] = [];
  const fetch = (request: Request): Promise<Response> => {
    requests.push(request);
    return Promise.resolve().then(() => (replies.shift() ?? broken)());
  };
  return { gateway: new Gateway({ baseUrl: 'http://gw', token: 't', fetch: fetch as never }), requests };
}

const accepted = json({ command_id: ID }, 202, { 'x-command-id': ID });
const running = json({ command_id: ID, state: 'sent', ended_at: null, problem: null });
const ended = json({ command_id: ID, state: 'accepted', ended_at: '2026-01-31T12:00:00Z', problem: null });

describe('a command', () => {
  it('is waited for until it has ended', async () => {
    const { gateway, requests } = served(accepted, running, ended);
    expect(await gateway.command('CP 1', 'remote-start', { id_token: 'TAG' })).toMatchObject({ state: 'accepted' });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://gw/api/v1/charge-points/CP%201/commands/remote-start',
      `GET http://gw/api/v1/commands/${ID}?wait=30`,
      `GET http://gw/api/v1/commands/${ID}?wait=30`,
    ]);
    expect(requests[0]?.headers.get('prefer')).toBe('respond-async');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer t');
    expect(await requests[0]?.json()).toEqual({ id_token: 'TAG' });
  });

  it('is asked for again with the same key when the connection breaks or the gateway lacks a dependency', async () => {
    const { gateway, requests } = served(
      broken,
      json(problem('dependency-unavailable', 503), 503),
      accepted,
      broken,
      ended,
    );
    expect(await gateway.command('CP', 'reset', { type: 'Soft' })).toMatchObject({ command_id: ID });
    const keys = requests.slice(0, 3).map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual(keys.map(() => expect.stringMatching(/^[\da-f-]{36}$/)));
    expect(new Set(keys).size).toBe(1);
  });

  it('gives up after the tries that it was given', async () => {
    const { gateway, requests } = served();
    await expect(gateway.command('CP', 'clear-cache', {}, { retries: 1 })).rejects.toThrow('fetch failed');
    expect(requests).toHaveLength(2);
  });

  it('is not asked for again once the gateway has refused it', async () => {
    const refused = { ...problem('not-taken', 503), command_id: ID };
    const { gateway, requests } = served(json(refused, 503));
    await expect(gateway.command('CP', 'clear-cache', {})).rejects.toMatchObject({ status: 503, commandId: ID });
    expect(requests).toHaveLength(1);
  });

  it('ends in a typed problem when the charge point does not answer it, or is not there', async () => {
    const timeout = { command_id: ID, ended_at: 'x', problem: problem('answer-timeout', 504) };
    const late = served(accepted, json(timeout)).gateway.command('CP', 'clear-cache', {});
    await expect(late).rejects.toMatchObject({
      type: 'urn:ocpp-gw:problem:answer-timeout',
      status: 504,
      commandId: ID,
    });
    const offline = served(json(problem('charge-point-offline', 409), 409)).gateway.command('CP', 'clear-cache', {});
    await expect(offline).rejects.toThrow(GatewayProblem);
  });

  it('does not compile with another name, or with the body of another command', () => {
    const { gateway } = served();
    const never = (): unknown[] => [
      // @ts-expect-error -- no such command
      gateway.command('CP', 'dance', {}),
      // @ts-expect-error -- the body is of another command
      gateway.command('CP', 'reset', { id_token: 'TAG' }),
    ];
    expect(never).toBeDefined();
  });
});

describe('a list', () => {
  it('is read page by page, with its filters', async () => {
    const { gateway, requests } = served(
      json({ items: [{ transaction_id: '1' }, { transaction_id: '2' }], next_cursor: 'c2' }),
      json({ items: [{ transaction_id: '3' }], next_cursor: null }),
    );
    const ids: string[] = [];
    for await (const { transaction_id } of gateway.list('/api/v1/transactions', { query: { state: 'active' } }))
      ids.push(transaction_id);
    expect(ids).toEqual(['1', '2', '3']);
    expect(requests.map(({ url }) => new URL(url).search)).toEqual(['?state=active', '?state=active&cursor=c2']);
  });
});

describe('an answer that is not of the gateway', () => {
  it('is a problem too', async () => {
    const { gateway } = served(() => new Response('<html>bad gateway</html>', { status: 502 }));
    await expect(gateway.api.GET('/api/v1/health')).rejects.toMatchObject({ status: 502 });
  });
});

describe('a webhook', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
  const body = JSON.stringify({ type: 'tx.started', data: { cp_id: 'CP' } });
  const signed = (at: Date): Record<string, string> => ({
    'webhook-id': 'm1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('m1', at, body),
  });

  it('is the event when its signature is right and fresh', () => {
    expect(verifyWebhook(secret, signed(new Date()), body)).toMatchObject({ type: 'tx.started' });
    expect(() => verifyWebhook(secret, signed(new Date()), body.replace('CP', 'XX'))).toThrow(WebhookVerificationError);
    expect(() => verifyWebhook(secret, signed(new Date(Date.now() - 600_000)), body)).toThrow(WebhookVerificationError);
  });
});
