import { afterEach, describe, expect, it } from '@jest/globals';
import type { FieldRuleId } from '@ocpp-gw/ocpp-j';
import { connect, type Socket } from 'node:net';
import { chargePoint } from '../testdata/charge-point.ts';
import type { LogLine } from '../testdata/recording-logger.ts';
import type { CallEnd } from './outbound-queue.ts';
import type { TestCharger } from './testdata/charger.ts';
import { passTime, startTime, stopTime } from './testdata/clock.ts';
import { TestEdge, type TestEdgeOptions } from './testdata/edge.ts';

/* What chargers really do (notes 4), where it shows in a session. `strict` is a matter of messages: here both do the same. */

describe.each(['lenient', 'strict'] as const)('%s', (tolerance) => {
  let edge: TestEdge;

  async function start(options: TestEdgeOptions = {}, serverPing = true): Promise<void> {
    edge = await TestEdge.start({ stations: { cp1: chargePoint({ cpId: 'CP1', tolerance, serverPing }) }, ...options });
  }

  afterEach(startTime);
  afterEach(() => edge.stop());

  const clearCache = (): Promise<CallEnd> => {
    const session = edge.sessions.get('CP1');
    if (!session) throw new Error('CP1 has no session');
    return session.call('ClearCache', {}, Date.now() + 60_000);
  };

  const counted = (rule: FieldRuleId): Promise<number> => edge.metric('deviations', { protocol: 'ocpp1.6', rule });
  const logged = (rule: FieldRuleId): LogLine[] =>
    edge.logger.lines.filter(({ message, fields }) => message === 'field deviation' && fields['rule'] === rule);

  async function speak(charger: TestCharger): Promise<void> {
    expect(await charger.call('first', 'Heartbeat')).toMatchObject({ result: 'first' });
  }

  it(`field behaviour 7: message ids that begin again (METRON, OCPP.Core#31) are those of new messages (${tolerance})`, async () => {
    await start();
    const charger = await edge.connect('CP1');
    const boot = { chargePointVendor: 'METRON', chargePointModel: 'M' };
    for (let i = 0; i < 3; i++)
      expect(await charger.call('1000001', 'BootNotification', boot)).toMatchObject({ result: '1000001' });
    expect(await charger.call('1000001', 'Heartbeat')).toMatchObject({ payload: { currentTime: expect.any(String) } });
    expect(edge.committed).toHaveLength(3);
    expect(await counted('message-id-repeated')).toBe(3);
    expect(logged('message-id-repeated')).toMatchObject([
      { level: 'warn', fields: { cpId: 'CP1', behaviour: 7, action: 'BootNotification', messageId: '1000001' } },
    ]);
  });

  it(`field behaviour 8: a reconnect without a close (ocpp-go#314) replaces the older connection (${tolerance})`, async () => {
    await start();
    const older = await edge.connect('CP1');
    const newer = await edge.connect('CP1');
    expect(await older.closed).toMatchObject({ code: 1000 });
    await speak(newer);
    expect(edge.sessions.all()).toHaveLength(1);
    expect(await counted('reconnect-without-close')).toBe(1);
    expect(logged('reconnect-without-close')).toHaveLength(1);
  });

  it(`field behaviour 10: a command waits for a charger that hangs up when spoken to first (Wallbox, lbbrhzn/ocpp#1510) (${tolerance})`, async () => {
    await start({ settings: { firstMessageGraceMs: 60_000 } });
    const charger = await edge.connect('CP1');
    const ended = clearCache();
    await speak(charger);
    const { call: id } = await charger.next();
    charger.send([3, id, { status: 'Accepted' }]);
    expect(await ended).toMatchObject({ kind: 'result' });
    expect(logged('command-before-first-message')).toMatchObject([{ fields: { behaviour: 10, action: 'ClearCache' } }]);
    const second = clearCache();
    charger.send([3, (await charger.next()).call, { status: 'Accepted' }]);
    expect(await second).toMatchObject({ kind: 'result' });
    expect(await counted('command-before-first-message')).toBe(1);
  });

  it(`field behaviour 19: a CALLERROR short of elements (libocpp#995) ends the CALL that waits (${tolerance})`, async () => {
    await start();
    const charger = await edge.connect('CP1');
    await speak(charger);
    const ended = clearCache();
    const { call: id } = await charger.next();
    charger.send([4, id, 'NotSupported']);
    expect(await ended).toMatchObject({ kind: 'callerror', code: 'NotSupported' });
    expect(logged('mangled-error')).toMatchObject([{ fields: { behaviour: 19, messageId: id } }]);
  });

  it(`field behaviour 19: an answer to our answer (evcc#15657) is never answered (${tolerance})`, async () => {
    await start();
    const charger = await edge.connect('CP1');
    await speak(charger);
    charger.send([4, 'first', 'GenericError', '', {}]);
    charger.send([3, 'first', {}]);
    expect(await charger.call('next', 'Heartbeat')).toMatchObject({ result: 'next' });
    expect(await counted('answer-to-nothing')).toBe(2);
    expect(logged('answer-to-nothing')).toMatchObject([{ fields: { behaviour: 19, messageId: 'first' } }]);
  });

  it(`field behaviour 20: who never pongs (EN+ AC7000, lbbrhzn/ocpp#211) lives by its messages (${tolerance})`, async () => {
    stopTime();
    await start({ settings: { pulse: { pingIntervalMs: 30, silentIntervals: 2, heartbeatMs: 200 } } });
    const charger = await edge.connect('CP1', ['ocpp1.6'], { client: { autoPong: false } });
    for (let i = 0; i < 4; i++) {
      passTime(100);
      expect(await charger.call(String(i), 'Heartbeat')).toMatchObject({ result: String(i) });
    }
    passTime(60);
    expect(await counted('no-pong')).toBe(1);
    expect(logged('no-pong')).toHaveLength(1);
  });

  it(`field behaviour 20: one heartbeat per timeout window (Mennekes, evcc#33099) is enough, and no ping is sent where it is switched off (${tolerance})`, async () => {
    stopTime();
    const settings = { pulse: { pingIntervalMs: 30, silentIntervals: 1, heartbeatMs: 200 } };
    await start({ settings }, false);
    const { charger, wire } = await connectRaw(edge);
    const fromGateway: Buffer[] = [];
    wire.on('data', (chunk) => fromGateway.push(chunk));
    for (let i = 0; i < 3; i++) {
      passTime(150);
      expect(await charger.call(String(i), 'Heartbeat')).toMatchObject({ result: String(i) });
    }
    const PING = 0x89;
    expect(fromGateway.map((chunk) => chunk[0])).not.toContain(PING);
    passTime(700);
    expect(await charger.closed).toMatchObject({ code: 1006 });
    expect(await counted('no-pong')).toBe(0);
  });

  it(`field behaviour 20: a compressed frame where no compression was agreed on (ocpp-go#358) closes with 1002, and the log says why (${tolerance})`, async () => {
    await start();
    const { charger, wire } = await connectRaw(edge);
    const FINAL_COMPRESSED_TEXT = 0xc1;
    const EMPTY_MASKED = 0x80;
    wire.write(Buffer.from([FINAL_COMPRESSED_TEXT, EMPTY_MASKED, 0, 0, 0, 0]));
    expect(await charger.closed).toMatchObject({ code: 1002 });
    expect(await counted('unnegotiated-compression')).toBe(1);
    expect(logged('unnegotiated-compression')).toMatchObject([{ fields: { behaviour: 20 } }]);
  });
});

/** A charger and the TCP socket below it. */
async function connectRaw(edge: TestEdge): Promise<{ charger: TestCharger; wire: Socket }> {
  let wire: Socket | undefined;
  const charger = await edge.connect('CP1', ['ocpp1.6'], {
    client: { createConnection: () => (wire = connect(Number(new URL(edge.url).port), '127.0.0.1')) },
  });
  if (!wire) throw new Error('no connection was made');
  return { charger, wire };
}
