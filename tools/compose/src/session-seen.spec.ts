import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findSession, type Receivers } from './session-seen.ts';

describe('findSession', () => {
  let server: Server;
  let answers: Record<string, unknown>;
  let requests: IncomingMessage[];
  let receivers: Receivers;

  beforeEach(async () => {
    requests = [];
    answers = {
      '/api/v1/transactions': { items: [{ state: 'ended', energy_wh: 12 }] },
      '/ch/': { data: [{ n: '1' }] },
      '/_/webhooks': { items: [{}] },
      '/_/requests': { items: [{}] },
    };
    server = createServer((request, response) => {
      requests.push(request);
      const answer = answers[new URL(request.url ?? '', 'http://x').pathname];
      response.writeHead(answer === undefined ? 503 : 200).end(JSON.stringify(answer ?? 'not now'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    receivers = { rest: `${url}/api/v1`, token: 't', clickhouse: `${url}/ch`, clickhousePassword: 'p', backend: url };
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('finds the session of one charger everywhere, with the credentials of each place', async () => {
    expect(await findSession('CP 1', receivers)).toEqual([
      { where: 'REST' },
      { where: 'ClickHouse' },
      { where: 'webhooks' },
      { where: 'backend' },
    ]);
    const to = (path: string) => requests.find(({ url = '' }) => url.startsWith(path));
    expect(to('/api')).toMatchObject({
      url: '/api/v1/transactions?cp_id=CP%201',
      headers: { authorization: 'Bearer t' },
    });
    expect(to('/ch')?.url).toContain('param_cpId=CP+1');
    expect(to('/ch')?.headers).toMatchObject({ 'x-clickhouse-user': 'eveys', 'x-clickhouse-key': 'p' });
    expect(to('/_/webhooks')?.url).toBe('/_/webhooks?type=tx.ended&cp_id=CP%201');
  });

  it('says what is missing where', async () => {
    answers = {
      '/api/v1/transactions': { items: [{ state: 'active', energy_wh: 1 }] },
      '/ch/': { data: [{ n: 0 }] },
      '/_/webhooks': { items: [] },
    };
    expect(await findSession('CP1', receivers, 0)).toEqual([
      { where: 'REST', problem: 'no ended transaction with energy: [{"state":"active","energy_wh":1}]' },
      { where: 'ClickHouse', problem: '0 ended sessions' },
      { where: 'webhooks', problem: 'no tx.ended' },
      { where: 'backend', problem: 'Error: 503 "not now"' },
    ]);
  });

  it('looks again until it is there', async () => {
    const { '/ch/': late, ...now } = answers;
    answers = now;
    const found = findSession('CP1', receivers, 60_000);
    setTimeout(() => (answers['/ch/'] = late), 100);
    expect((await found).filter(({ problem }) => problem !== undefined)).toEqual([]);
  });
});
