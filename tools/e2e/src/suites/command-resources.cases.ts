import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandApi } from '@ocpp-gw/rig';
import type { FakeCharger } from '@ocpp-gw/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { booted } from '../booted-charger.ts';
import { startSecondApi } from '../second-api.ts';
import { TOKEN, type Stack } from '../stack.ts';
import { until } from '../until.ts';

interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every route
  body: any;
}

/** Commands that are asked for again, waited for and read, on two command-api. */
export function commandResourcesSuite(stack: () => Stack): void {
  let station16: FakeCharger;
  let station201: FakeCharger;
  let second: CommandApi;
  let urls: [string, string];

  beforeAll(async () => {
    station16 = await booted(stack().edgeUrls[0], 'RES-16', 'ocpp1.6');
    station201 = await booted(stack().edgeUrls[1], 'RES-201', 'ocpp2.0.1');
    second = await startSecondApi(stack());
    urls = [stack().rest, second.rest];
    for (const cpId of ['RES-16', 'RES-201'])
      await until(`${cpId} to be online`, async () =>
        expect(await ask('GET', `/charge-points/${cpId}`)).toMatchObject({ body: { online: true } }),
      );
  }, 60_000);
  afterAll(async () => {
    await Promise.all([station16?.close(), station201?.close(), second?.stop()]);
  });

  const ask = async (
    method: string,
    path: string,
    { body, headers, api = 0 }: { body?: object; headers?: Record<string, string>; api?: 0 | 1 } = {},
  ): Promise<Answer> => {
    const response = await fetch(`${urls[api]}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const post = (
    cpId: string,
    command: string,
    body: object,
    more: { headers?: Record<string, string>; api?: 0 | 1 } = {},
  ): Promise<Answer> => ask('POST', `/charge-points/${cpId}/commands/${command}`, { body, ...more });
  const get = async (id: string, wait = 0): Promise<Answer['body']> =>
    (await ask('GET', `/commands/${id}?wait=${wait}`)).body;
  const keyed = (key: string = randomUUID()) => ({ 'Idempotency-Key': key });
  const callsTo = (charger: FakeCharger): unknown[] =>
    charger.received.filter(([type]) => type === 2).map(([, , action]) => action);

  it('a command is read with its states, and listed for its charge point and for all', async () => {
    const asked = post('RES-16', 'unlock-connector', { evse_id: 1 }, { headers: { 'x-request-id': 'walk-1' } });
    const [, id] = await station16.next();
    station16.send([3, id, { status: 'Unlocked' }]);
    const { status, headers, body } = await asked;
    expect([status, headers.get('x-command-id')]).toEqual([200, body.command_id]);
    const command = await get(body.command_id);
    expect(command).toMatchObject({
      cp_id: 'RES-16',
      command: 'unlock-connector',
      action: 'UnlockConnector',
      state: 'accepted',
      request: { evse_id: 1 },
      request_id: 'walk-1',
      answer: { status: 'Unlocked' },
      problem: null,
    });
    const times = [command.queued_at, command.sent_at, command.ended_at];
    expect(times).toEqual(times.toSorted());
    for (const path of ['/charge-points/res-16/commands', '/commands?cp_id=RES-16&state=accepted'])
      expect((await ask('GET', path)).body.items[0].command_id).toBe(body.command_id);
    expect((await ask('GET', `/commands/${randomUUID()}`)).body.type).toBe('urn:ocpp-gw:problem:command-not-found');
  });

  it('the same key is the same command on either command-api, while it runs and afterwards', async () => {
    station16.received.length = 0;
    const headers = keyed();
    const first = post('RES-16', 'reset', { type: 'Soft' }, { headers });
    const [, id] = await station16.next();
    const again = post('res-16', 'reset', { type: 'Soft', timeout_s: 9 }, { headers, api: 1 });
    await sleep(200);
    station16.send([3, id, { status: 'Rejected' }]);
    const answers = [await first, await again, await post('RES-16', 'reset', { type: 'Soft' }, { headers, api: 1 })];
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(answers.map(() => [200, 'Rejected']));
    expect(new Set(answers.map(({ body }) => body.command_id)).size).toBe(1);
    expect(await post('RES-16', 'reset', { type: 'Hard' }, { headers })).toMatchObject({
      status: 422,
      body: { type: 'urn:ocpp-gw:problem:idempotency-key-reused', command_id: answers[0]?.body.command_id },
    });
    expect(callsTo(station16)).toEqual(['Reset']);
  });

  it('many requests with one key at once are one CALL', async () => {
    station16.received.length = 0;
    station16.answer('ClearCache', () => ({ status: 'Accepted' }));
    const headers = keyed();
    const asked = Array.from({ length: 20 }, (_, n) =>
      post('RES-16', 'clear-cache', {}, { headers, api: n % 2 ? 1 : 0 }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.command_id)).size).toBe(1);
    expect(callsTo(station16)).toEqual(['ClearCache']);
  });

  describe.each<[string, number]>([
    ['while somebody asks again', 200],
    ['before anybody asks again', -200],
  ])('when the command-api that sent it is killed, and the charge point answers %s', (_, answersAfterMs) => {
    it.each<[string, object]>([
      ['Accepted', { state: 'accepted', problem: null }],
      ['Rejected', { state: 'rejected', problem: null }],
    ])(
      'the same key has the same command and its end on the other: %s',
      async (status, end) => {
        station16.received.length = 0;
        const headers = keyed();
        const lost = post('RES-16', 'reset', { type: 'Hard' }, { headers, api: 1 }).catch(() => 'lost');
        const [, id] = await station16.next();
        await second.process.stop('SIGKILL');
        try {
          expect(await lost).toBe('lost');
          const answer = () => station16.send([3, id, { status }]);
          if (answersAfterMs < 0) answer();
          await sleep(Math.abs(answersAfterMs));
          const again = [1, 2].map(() => post('RES-16', 'reset', { type: 'Hard' }, { headers }));
          if (answersAfterMs > 0) setTimeout(answer, answersAfterMs);
          const answers = await Promise.all(again);
          expect(answers.map((each) => [each.status, each.body.status])).toEqual(answers.map(() => [200, status]));
          const { items } = (await ask('GET', '/charge-points/RES-16/commands?limit=20')).body;
          const own = items.filter((item: Answer['body']) => item.idempotency_key === headers['Idempotency-Key']);
          expect(own).toEqual([expect.objectContaining({ ...end, answer: expect.objectContaining({ status }) })]);
          expect(answers.map(({ body }) => body.command_id)).toEqual(answers.map(() => own[0].command_id));
          expect(callsTo(station16)).toEqual(['Reset']);
        } finally {
          await second.process.launch();
        }
      },
      40_000,
    );
  });

  it('the same key hears that nobody knows when the charge point is gone before it answers, and never another end', async () => {
    const headers = keyed();
    const gone = await booted(stack().edgeUrls[0], 'RES-GONE', 'ocpp1.6');
    await until('it to be online', async () =>
      expect(await ask('GET', '/charge-points/RES-GONE')).toMatchObject({ body: { online: true } }),
    );
    const lost = post('RES-GONE', 'reset', { type: 'Hard' }, { headers, api: 1 }).catch(() => 'lost');
    await gone.next();
    await second.process.stop('SIGKILL');
    await lost;
    await gone.close();
    const problem = 'urn:ocpp-gw:problem:charge-point-disconnected';
    await until('the end', async () =>
      expect(await post('RES-GONE', 'reset', { type: 'Hard' }, { headers })).toMatchObject({
        status: 502,
        body: { type: problem },
      }),
    );
    await second.process.launch();
    const back = await booted(stack().edgeUrls[1], 'RES-GONE', 'ocpp1.6');
    const { body } = await post('RES-GONE', 'reset', { type: 'Hard' }, { headers, api: 1 });
    expect(body.type).toBe(problem);
    expect(await get(body.command_id)).toMatchObject({ state: 'disconnected', sent_at: expect.any(String) });
    expect(callsTo(back)).toEqual([]);
    await back.close();
  }, 40_000);

  it('a caller that does not wait is answered at once, and comes back for the end', async () => {
    const headers = { Prefer: 'respond-async' };
    const accepted = await post('RES-201', 'change-availability', { operative: true }, { headers });
    expect([accepted.status, accepted.headers.get('location')]).toEqual([
      202,
      `/api/v1/commands/${accepted.body.command_id}`,
    ]);
    expect(['queued', 'sent']).toContain(accepted.body.state);
    const waiting = get(accepted.body.command_id, 10);
    const [, id] = await station201.next();
    station201.send([3, id, { status: 'Scheduled' }]);
    expect(await waiting).toMatchObject({ state: 'accepted', answer: { status: 'Scheduled' } });
    station201.answer('ClearCache', () => ({ status: 'Accepted' }));
    expect(await post('RES-201', 'clear-cache', {}, { headers: { Prefer: 'respond-async, wait=5' } })).toMatchObject({
      status: 200,
      body: { status: 'Accepted' },
    });
  });

  it('a timeout names its command, and the late answer changes it', async () => {
    const asked = post('RES-16', 'get-local-list-version', { timeout_s: 1 });
    const [, id] = await station16.next();
    const { status, body } = await asked;
    expect([status, body.type]).toEqual([504, 'urn:ocpp-gw:problem:answer-timeout']);
    expect(await get(body.command_id)).toMatchObject({ state: 'timeout', late: false, problem: { type: body.type } });
    station16.send([3, id, { listVersion: 3 }]);
    await until('the late answer', async () =>
      expect(await get(body.command_id)).toMatchObject({ state: 'accepted', late: true, answer: { version: 3 } }),
    );
  });

  it('a command that never left has an end that says so', async () => {
    const { status, body } = await post('RES-AWAY', 'reset', { type: 'Soft' });
    expect([status, body.type]).toEqual([404, 'urn:ocpp-gw:problem:charge-point-not-found']);
    const away = await booted(stack().edgeUrls[0], 'RES-AWAY', 'ocpp1.6');
    await away.close();
    await until('it to be offline', async () =>
      expect(await ask('GET', '/charge-points/RES-AWAY')).toMatchObject({ body: { online: false } }),
    );
    const offline = await post('RES-AWAY', 'reset', { type: 'Soft' });
    expect(offline.status).toBe(409);
    expect(await get(offline.body.command_id)).toMatchObject({ state: 'disconnected', sent_at: null });
  });

  it('passwords are not kept', async () => {
    station16.answer('ChangeConfiguration', () => ({ status: 'Accepted' }));
    const { body } = await post('RES-16', 'change-configuration', {
      key: 'AuthorizationKey',
      value: '0123456789abcdef',
    });
    const text = JSON.stringify(await get(body.command_id));
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('0123456789abcdef');
  });
}
