import { expect, it } from '@jest/globals';
import { FakeCharger } from '@ocpp-gw/testing';
import { until } from '../until.ts';
import { rest } from '../stack.ts';
import { knock, upgrade, type Reply } from './knock.ts';
import type { World } from './world.ts';

/** F20 to F24, F35: chargers that knock oddly. */
export function handshakes(world: () => World): void {
  const url = (): string => world().stack.edgeUrls[0];
  const offered = (path: string, ...headers: string[]): Promise<Reply> => knock(url(), upgrade(path, headers));
  const protocols = (list: string): string => `Sec-WebSocket-Protocol: ${list}`;
  /** Handshakes that came to nothing, by reason. */
  const refusals = async (): Promise<Map<string, number>> => {
    const metrics = await world().stack.edges[0].metrics();
    const lines = [...metrics.matchAll(/^eveys_ocpp_ws_handshakes_total\{outcome="([^"]+)"\} (\d+)$/gm)];
    return new Map(lines.map(([, reason, count]) => [String(reason), Number(count)]));
  };

  it.concurrent.each<[string, string, string, string]>([
    ['an empty element first', 'CASE-F20', ',ocpp2.0.1', 'ocpp2.0.1'],
    ['an empty element last', 'CASE-F20-LAST', 'ocpp2.0.1,', 'ocpp2.0.1'],
    ['empty elements and tabs', 'CASE-F20-TABS', ' , \t,\tocpp1.6 ,, ', 'ocpp1.6'],
    ['a name twice', 'CASE-F20-TWICE', 'ocpp1.6, ocpp1.6', 'ocpp1.6'],
    ['a name in capitals', 'CASE-F20-CAPITALS', 'OCPP1.6', 'OCPP1.6'],
    ['a name in mixed letters', 'CASE-F20-MIXED', 'Ocpp2.0.1', 'Ocpp2.0.1'],
    ['the name with a J', 'CASE-F20-J', 'ocpp1.6J', 'ocpp1.6J'],
    ['an unknown one before', 'CASE-F20-UNKNOWN', 'foo,,OCPP2.0.1', 'OCPP2.0.1'],
  ])('F20 subprotocols with %s are understood', async (_, cpId, list, chosen) => {
    const reply = await offered(`/${cpId}`, protocols(list));
    expect(reply).toMatchObject({ status: 101, headers: { 'sec-websocket-protocol': chosen } });
  });

  it.concurrent('F20 (relative) two header lines are one list', async () => {
    const reply = await offered('/CASE-F20-LINES', protocols('foo'), protocols('ocpp1.6'));
    expect(reply).toMatchObject({ status: 101, headers: { 'sec-websocket-protocol': 'ocpp1.6' } });
  });

  it.concurrent('F20 (relative) a list without any name that is known is refused with the reason', async () => {
    const reply = await offered('/CASE-F20-NONE', protocols(',foo,'));
    expect(reply.status).toBe(400);
    expect(reply.body).toMatch(/subprotocol/i);
  });

  it.concurrent.each<[string, string, string]>([
    ['CASE-F21', 'ocpp2.0.1', 'permessage-deflate; foo=1'],
    ['CASE-F21-16', 'ocpp1.6', 'permessage-deflate; foo=1'],
    ['CASE-F21-BITS', 'ocpp2.0.1', 'permessage-deflate; server_max_window_bits=99'],
    ['CASE-F21-TWICE', 'ocpp2.0.1', 'permessage-deflate; client_no_context_takeover; client_no_context_takeover'],
    ['CASE-F21-OTHER', 'ocpp2.0.1', 'x-webkit-deflate-frame'],
    ['CASE-F21-BROKEN', 'ocpp2.0.1', 'permessage-deflate; ; ='],
  ])(
    'F21 an odd extension is declined, and the connection goes on without it (%s, %s, %s)',
    async (cpId, version, extension) => {
      const reply = await offered(`/${cpId}`, protocols(version), `Sec-WebSocket-Extensions: ${extension}`);
      expect(reply.status).toBe(101);
      expect(reply.headers['sec-websocket-extensions']).toBeUndefined();
    },
  );

  it.concurrent.each<[string, string]>([
    ['CASE-F21-FALLBACK', 'permessage-deflate; foo=1, permessage-deflate'],
    ['CASE-F21-EMPTY', ',permessage-deflate,'],
  ])('F21 (relative) a good offer beside an odd one is taken (%s)', async (cpId, extensions) => {
    const reply = await offered(`/${cpId}`, protocols('ocpp2.0.1'), `Sec-WebSocket-Extensions: ${extensions}`);
    expect(reply.status).toBe(101);
    expect(reply.headers['sec-websocket-extensions']).toContain('permessage-deflate');
  });

  const clientHello = Buffer.from('16030100710100006d0303' + 'ab'.repeat(32) + '000004130113020100', 'hex');

  it.concurrent.each<[string, () => string | Buffer, RegExp]>([
    ['a TLS ClientHello', () => clientHello, /no TLS/i],
    ['20 kB of headers', () => upgrade('/CASE-F22', [`X-Long: ${'x'.repeat(20_000)}`]), /header/i],
    ['rubbish', () => 'this is not HTTP at all\r\n\r\n', /HTTP/i],
  ])('F22 %s on the plain port is logged in words, and counted by reason', async (_, bytes, words) => {
    const before = await refusals();
    const logged = (): string[] => world().stack.edges[0].output.split('\n');
    const seen = new Set(logged());
    // Again and again: of one source only a few refusals a second are logged, and the other tests share it.
    await until('the log', async () => {
      const reply = await knock(url(), bytes());
      expect(reply.status === 0 || reply.status >= 400).toBe(true);
      expect(logged().filter((line) => !seen.has(line))).toContainEqual(expect.stringMatching(words));
    });
    await until('the count', async () => {
      const after = await refusals();
      const grown = [...after].filter(([reason, count]) => count > (before.get(reason) ?? 0)).map(([reason]) => reason);
      expect(grown.some((reason) => words.test(reason.replaceAll('_', ' ')) || /tls|header|http/.test(reason))).toBe(
        true,
      );
    });
  });

  it.concurrent.each(['/CASE-F23/', '/ocpp/CASE-F23-PREFIX/', '/CASE-F23-TWO//'])(
    'F23 the path %s is taken, or refused by saying what is wrong',
    async (path) => {
      const reply = await offered(path, protocols('ocpp1.6'));
      if (reply.status === 101) return;
      expect(reply.status).toBe(400);
      expect(reply.body).toMatch(/slash/i);
    },
  );

  it.concurrent.each([
    'CASE:F24',
    'CASE F24',
    'CASE*F24',
    'CASE#F24',
    'CASE%F24',
    'CASÉF24',
    'CASE/F24',
    'CASE\u0007F24',
  ])('F24 one rule for the handshake and for REST: %j', async (cpId) => {
    const path = `/${encodeURIComponent(cpId)}`;
    const reply = await offered(path, protocols('ocpp1.6'));
    const put = await rest(world().stack, 'PUT', `/charge-points${path}`, { security_profile: 0 });
    expect({ ...put, taken: put.status < 300 }).toMatchObject({ taken: reply.status === 101 });
  });

  it.concurrent(
    'F35 an identity that reconnects for ever is damped with growing delay, counted, and found',
    async () => {
      const cpId = 'CASE-F35';
      await world().registers(cpId);
      const attempt = (): Promise<Reply> => offered(`/${cpId}`, protocols('ocpp1.6'));
      // Comes back at once each time, and as soon as it may where it is held back.
      const delays: number[] = [];
      for (let turn = 0; turn < 100 && delays.length < 3; turn += 1) {
        const reply = await attempt();
        if (reply.status === 101) continue;
        expect(reply.status).toBe(503);
        delays.push(Number(reply.headers['retry-after']));
        await until('it to be let in', async () => expect(await attempt()).toMatchObject({ status: 101 }));
      }
      expect(delays).toHaveLength(3);
      expect(delays).toEqual([...new Set(delays)].sort((one, other) => one - other));
      // Nobody else pays for it.
      const other = await FakeCharger.connect({ url: url(), cpId: 'CASE-F35-OTHER' });
      await other.close();
      await until('the count', async () => {
        const metrics = await world().stack.edges[0].metrics();
        expect(metrics).toMatch(/^[^#\n]*(reconnect|flap|damp)[^\n]* [1-9]/m);
      });
      expect(world().stack.edges[0].output).toMatch(
        new RegExp(`${cpId}.*(reconnect|flap|damp)|(reconnect|flap|damp).*${cpId}`),
      );
    },
  );
}
