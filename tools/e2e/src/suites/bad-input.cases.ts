import { describe, expect, it } from '@jest/globals';
import { type ConnectOptions, FakeCharger, HandshakeRefused } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { rest, type Stack } from '../stack.ts';

/** Bad input gets the answer the protocol or the contract names; nothing crashes. */
export function badInputSuite(stack: () => Stack): void {
  const connect = (cpId: string, protocols: string[], options?: Partial<ConnectOptions>): Promise<FakeCharger> =>
    FakeCharger.connect({ url: stack().edgeUrls[0], cpId, protocols, ...options });

  const refusal = async (attempt: Promise<FakeCharger>): Promise<HandshakeRefused> => {
    const error: unknown = await attempt.then(
      async (charger) => charger.close(),
      (refused: unknown) => refused,
    );
    if (error instanceof HandshakeRefused) return error;
    throw new Error('was let in', { cause: error });
  };

  describe('at the handshake', () => {
    it.each([
      ['no subprotocol', 'BAD-1', []],
      ['only an unknown subprotocol', 'BAD-1', ['ocpp0.1']],
      ['an identity with a control character', 'BAD%0A1', ['ocpp1.6']],
      ['no identity', '', ['ocpp1.6']],
      ['an identity of 49 characters on 2.0.1', 'B'.repeat(49), ['ocpp2.0.1']],
    ])('refuses %s with 400 and a reason', async (_, path, protocols) => {
      const refused = await refusal(connect('', protocols, { path: `/${path}` }));
      expect(refused.status).toBe(400);
      expect(refused.body.length).toBeGreaterThan(10);
    });

    it('picks the first subprotocol of the charger that it has', async () => {
      const charger = await connect('BAD-NEGOTIATE', ['ocpp0.1', 'ocpp1.6', 'ocpp2.0.1']);
      expect(charger.protocol).toBe('ocpp1.6');
      await charger.close();
    });

    it('refuses a wrong and a missing password with 401 once one is set', async () => {
      const put = await rest(stack(), 'PUT', '/charge-points/BAD-SECRET', { password: 'correct-horse-battery' });
      expect([200, 201]).toContain(put.status);
      const knock = (password?: string): Promise<FakeCharger> => connect('BAD-SECRET', ['ocpp1.6'], { password });
      expect((await refusal(knock())).status).toBe(401);
      expect((await refusal(knock('wrong-horse-battery'))).status).toBe(401);
      const charger = await knock('correct-horse-battery');
      expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
      await charger.close();
    });
  });

  describe.each([
    { protocol: 'ocpp1.6' as const, formation: 'FormationViolation', occurrence: 'OccurenceConstraintViolation' },
    { protocol: 'ocpp2.0.1' as const, formation: 'FormatViolation', occurrence: 'OccurrenceConstraintViolation' },
  ])('on an open $protocol socket', ({ protocol, occurrence }) => {
    // A connection that does not last counts against its identity.
    let connections = 0;
    const connected = (): Promise<FakeCharger> =>
      booted(stack().edgeUrls[0], `BAD-${protocol}-${(connections += 1) % 4}`, protocol);
    const strict = async (cpId: string): Promise<FakeCharger> => {
      await rest(stack(), 'PUT', `/charge-points/${cpId}`, { tolerance: 'strict', security_profile: 0 });
      return booted(stack().edgeUrls[0], cpId, protocol);
    };

    it.each([
      ['an unknown action', [2, 'm1', 'MakeCoffee', {}], 'NotImplemented'],
      ['an action in the wrong direction', [2, 'm2', 'Reset', { type: 'Soft' }], 'NotSupported'],
      ['a missing field', [2, 'm3', 'BootNotification', {}], occurrence, 'strict'],
      ['a field of a wrong type', [2, 'm4', 'Authorize', { idTag: {}, idToken: 5 }], undefined, 'strict'],
    ])('answers %s with its CALLERROR and stays open', async (_, frame, code, tolerance = 'lenient') => {
      const charger = await (tolerance === 'strict' ? strict(`STRICT-${protocol}`) : connected());
      charger.send(frame);
      const answer = await charger.next();
      expect(answer.slice(0, 2)).toEqual([4, frame[1]]);
      if (code) expect(answer[2]).toBe(code);
      expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
      await charger.close();
    });

    it.each([
      '{not json',
      '',
      '[]',
      '[2]',
      '"text"',
      'null',
      '[3,"unknown",{}]',
      '[4,"unknown","GenericError","",{}]',
      '[2,"x"',
      '[99,"x"]',
    ])('survives %j', async (text) => {
      const charger = await connected();
      charger.sendRaw(text);
      expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
      await charger.close();
    });

    it('closes a socket with 1009 that sends a frame beyond the limit, and takes it back', async () => {
      const charger = await connected();
      charger.send([2, 'big', 'DataTransfer', { vendorId: 'x'.repeat(2 * 1024 * 1024) }]);
      expect((await charger.closed).code).toBe(1009);
      await (await connected()).close();
    });
  });

  it('answers broken JSON with RpcFrameworkError under the id -1 on 2.0.1', async () => {
    const charger = await booted(stack().edgeUrls[0], 'BAD-RPC', 'ocpp2.0.1');
    charger.sendRaw('{not json');
    expect(await charger.next()).toEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}]);
    await charger.close();
  });

  describe('at REST', () => {
    it.each([
      ['no token', 'GET', '/charge-points', undefined, '', 401],
      ['a wrong token', 'GET', '/charge-points', undefined, 'nonsense', 401],
      ['broken JSON', 'POST', '/charge-points/CMD-16/commands/reset', '{"type":', undefined, 400],
      [
        'an unknown field',
        'POST',
        '/charge-points/CMD-16/commands/reset',
        { type: 'Soft', now: true },
        undefined,
        [400, 422],
      ],
      ['a bad enum', 'POST', '/charge-points/CMD-16/commands/reset', { type: 'gentle' }, undefined, [400, 422]],
      ['an unknown route', 'GET', '/chargers', undefined, undefined, 404],
      ['a bad cursor', 'GET', '/transactions?cursor=%25', undefined, undefined, [400, 422]],
    ] as const)('answers %s with a problem document', async (_, method, path, body, token, status) => {
      const answer = await rest(stack(), method, path, body, token);
      expect(Array.isArray(status) ? status : [status]).toContain(answer.status);
      expect(answer.type).toMatch(/application\/problem\+json/);
      expect(answer.body).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        status: answer.status,
        detail: expect.any(String),
      });
    });

    it('serves the OpenAPI document, Swagger UI and ReDoc where they are switched on', async () => {
      const openapi = await rest(stack(), 'GET', '/openapi.json');
      expect(openapi.body).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
      for (const page of ['/docs', '/redoc']) expect((await fetch(`${stack().rest}${page}`)).status).toBe(200);
    });
  });

  it('leaves every service running', () => {
    for (const edge of stack().edges) expect(edge.running).toBe(true);
  });
}
