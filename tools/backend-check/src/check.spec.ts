import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
import { startMockBackend, type AnswerSource, type MockBackend } from '@ocpp-gw/mock-backend';
import { checkBackend, reportOf } from './check.ts';

const OPTIONAL = ['cost', 'charging-needs', 'ev-certificate', 'session-update'];

describe('checkBackend', () => {
  let backend: MockBackend;
  const check = (token = 'dev-token') => checkBackend({ baseUrl: backend.url, token, optional: OPTIONAL });
  const faults = async (token?: string) =>
    (await check(token)).flatMap(({ call, outcome, text }) => (outcome === 'wrong' ? [`${call}: ${text}`] : []));
  const broken = async (path: (typeof BACKEND_PATHS)[keyof typeof BACKEND_PATHS], answer: AnswerSource) => {
    backend.setAnswer(path, answer);
    return faults();
  };

  beforeEach(async () => {
    backend = await startMockBackend({ host: '127.0.0.1', port: 0 });
  });
  afterEach(() => backend.stop());

  it('finds nothing wrong in the mock backend', async () => {
    const findings = await check();
    expect(findings.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(reportOf(findings)).toMatch(
      /ok {6}register {8}answered as the contract says.*\n\nThe backend keeps the contract\.\n$/s,
    );
    expect(findings.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['prices the energy since the start', 'cost.amount and total_cost agree']),
    );
  });

  it.each<[string, (typeof BACKEND_PATHS)[keyof typeof BACKEND_PATHS], AnswerSource, RegExp]>([
    [
      'a status that does not exist',
      BACKEND_PATHS.authorize,
      { body: { status: 'ok' } },
      /^authorize: the answer breaks the contract: "status" is wrong: must be one of Accepted, Blocked/,
    ],
    [
      'an interval as text',
      BACKEND_PATHS.register,
      { body: { status: 'accepted', heartbeat_interval_s: '300' } },
      /^register: .*"heartbeat_interval_s" is wrong/,
    ],
    [
      'a price of the register',
      BACKEND_PATHS.sessionCost,
      ({ data }) => ({ body: { total_cost: Number(data['meter_wh']) / 1000 } }),
      /^cost: 1000 Wh cost 1 when the register began at 0, and 5001 when .*: price energy_wh/,
    ],
    [
      'two amounts of money',
      BACKEND_PATHS.sessionCost,
      { body: { cost: { amount: '4.20', currency: 'EUR' }, total_cost: 5 } },
      /^cost: cost\.amount is 4\.20 and total_cost 5/,
    ],
    [
      'a currency in words',
      BACKEND_PATHS.sessionCost,
      { body: { cost: { amount: '4.20', currency: 'euro' } } },
      /^cost: .*"cost\.currency" is wrong: must be a currency of ISO 4217/,
    ],
    [
      'a failure',
      BACKEND_PATHS.sessionOpen,
      { httpStatus: 500, body: { error: 'x' } },
      /^session-open: .*answered 500/,
    ],
    [
      'a close that needs its open',
      BACKEND_PATHS.sessionClose,
      ({ data }) => ({ httpStatus: data['started_at'] === null ? 404 : 200, body: {} }),
      /^sessions: a close whose open never came .* was answered 404/,
    ],
    [
      'a refusal of what it does not know',
      BACKEND_PATHS.sessionClose,
      ({ data }) => ({ httpStatus: 'a_later_field' in data ? 422 : 200, body: {} }),
      /^session-close: a field that the contract does not have yet was answered 422/,
    ],
  ])('says in words what is wrong: %s', async (_, path, answer, expected) => {
    const found = await broken(path, answer);
    expect(found.length === 0 ? '' : found.join('\n')).toMatch(expected);
  });

  it('says that the token is wrong, and that there is no backend', async () => {
    expect((await faults('other'))[0]).toMatch(/^register: .* was answered 401: is TOKEN right\?$/);
    const [nobody] = await checkBackend({ baseUrl: 'http://127.0.0.1:1', token: '', optional: [] });
    expect(nobody).toMatchObject({
      call: 'register',
      outcome: 'wrong',
      text: expect.stringMatching(/^POST .*(bad port|ECONNREFUSED)/),
    });
  });

  describe('of a backend of few lines', () => {
    let server: Server;
    const start = async (answer: (path: string) => { status: number; body: string }): Promise<string> => {
      server = createServer((request, response) => {
        request.resume();
        const { status, body } = answer(request.url ?? '');
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const wrongOf = async (baseUrl: string) => {
      const findings = await checkBackend({ baseUrl, token: 't', optional: [] });
      return findings.filter(({ outcome }) => outcome !== 'ok').map((one) => `${one.outcome} ${one.call}: ${one.text}`);
    };
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    it('that takes every token', async () => {
      const url = await start(() => ({ status: 200, body: '{"status":"accepted"}' }));
      expect((await wrongOf(url))[0]).toMatch(/^wrong register: takes a wrong bearer token/);
    });

    it('that answers a repetition differently', async () => {
      let calls = 0;
      const url = await start(() => ({ status: 200, body: `{"status":"accepted","data":"${(calls += 1)}"}` }));
      expect((await wrongOf(url))[0]).toMatch(
        /^wrong register: two requests with one Idempotency-Key were answered differently/,
      );
    });

    it('that answers no JSON, and lacks what is optional', async () => {
      const url = await start((path) =>
        /cost|needs|certificate|update/.test(path) ? { status: 404, body: '' } : { status: 200, body: 'OK' },
      );
      const found = await wrongOf(url);
      expect(found[0]).toBe('wrong register: the answer must be JSON, and is "OK"');
      expect(found.filter((line) => line.startsWith('skipped')).map((line) => line.split(':')[0])).toEqual([
        'skipped session-update',
        'skipped cost',
        'skipped charging-needs',
        'skipped ev-certificate',
      ]);
    });
  });
});
