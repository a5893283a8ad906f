import { expect, it } from '@jest/globals';
import { at, transactionEvent, type Payload, type Station16, type Station201 } from './station.ts';
import type { World } from './world.ts';

/** F1 to F4: what is odd about a frame. */
export function frames(world: () => World): void {
  const charged = (cpId: string, energy: number): Promise<Payload[]> =>
    world().downstream.holds(cpId, [{ state: 'ended', id_token: 'CARD1', energy_wh: energy }]);

  const stopFrame = (transactionId: number, more: Payload = {}): string =>
    JSON.stringify([2, 'stop', 'StopTransaction', { transactionId, meterStop: 5000, timestamp: at(60), ...more }]);

  it.concurrent.each<[string, string, (frame: string) => string]>([
    ['a NUL byte behind it', 'CASE-F1', (frame) => `${frame}\0`],
    ['several NUL bytes behind it', 'CASE-F1-SEVERAL', (frame) => `${frame}\0\0\0\r\n`],
    ['a NUL byte before it', 'CASE-F1-BEFORE', (frame) => `\0${frame}`],
    ['a NUL byte within a text', 'CASE-F1-WITHIN', (frame) => frame.replace('"Lo', '"Lo\0')],
  ])('F1 a StopTransaction with %s is read', async (_, cpId, odd) => {
    const { charger, ...station } = await arrived(cpId);
    charger.sendRaw(odd(stopFrame(station.id, { reason: 'Local', idTag: 'CARD1' })));
    expect(await charger.next()).toEqual([3, 'stop', expect.any(Object)]);
    await charged(cpId, 4000);
  });

  async function arrived(cpId: string): Promise<{ charger: Station16['charger']; id: number }> {
    const station = await world().sixteen(cpId);
    return { charger: station.charger, id: await station.start(1, 'CARD1', 1000) };
  }

  it.concurrent('F1 (relative) a TransactionEvent of 2.0.1 with NUL bytes is read', async () => {
    const cpId = 'CASE-F1-201';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'CARD1', wh: 1000 });
    const end = transactionEvent('Ended', 'tx', 1, { triggerReason: 'EVDeparted', wh: 5000 });
    station.charger.sendRaw(`${JSON.stringify([2, 'end', 'TransactionEvent', end])}\0`);
    expect(await station.charger.next()).toEqual([3, 'end', expect.any(Object)]);
    await charged(cpId, 4000);
  });

  it.concurrent.each<[string, string, boolean]>([
    ['strict', 'CASE-F1-STRICT', true],
    ['lenient', 'CASE-F1-ESCAPED', false],
  ])('F1 (relative) an escaped NUL in a text costs no message (%s)', async (_, cpId, strict) => {
    if (strict) await world().strict(cpId);
    const station = await world().sixteen(cpId);
    await station.status(1, 'Faulted', { info: 'a\0b' });
    expect(await station.connectorStatus(1)).toBe('Faulted');
  });

  it.concurrent.each<[string, string, unknown]>([
    ['a number', 'CASE-F2', 7],
    ['0', 'CASE-F2-ZERO', 0],
    ['longer than 36', 'CASE-F2-LONG', 'm'.repeat(40)],
    ['of 255 characters', 'CASE-F2-255', 'm'.repeat(255)],
  ])('F2 a message id that is %s is read and echoed as sent', async (_, cpId, messageId) => {
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000);
    const stop = { transactionId: id, meterStop: 5000, timestamp: at(60) };
    station.charger.send([2, messageId, 'StopTransaction', stop]);
    expect(await station.charger.next()).toEqual([3, messageId, expect.any(Object)]);
    await charged(cpId, 4000);
  });

  it.concurrent.each<[string, unknown]>([
    ['CASE-F2-201', 7],
    ['CASE-F2-201-LONG', 'm'.repeat(255)],
  ])('F2 (relative) 2.0.1 likewise (%s)', async (cpId, messageId) => {
    const station = await world().two(cpId);
    station.charger.send([2, messageId, 'Heartbeat', {}]);
    expect(await station.charger.next()).toEqual([3, messageId, { currentTime: expect.any(String) }]);
  });

  it.concurrent.each(['sixteen', 'two'] as const)('F2 beyond 255 characters it is refused (%s)', async (version) => {
    const station: Station16 | Station201 = await world()[version](`CASE-F2-256-${version}`);
    station.charger.send([2, 'm'.repeat(256), 'Heartbeat', {}]);
    expect((await station.charger.next())[0]).toBe(4);
    expect(await station.call('Heartbeat')).toHaveProperty('currentTime');
  });

  it.concurrent.each<[string, string, (id: string) => string]>([
    ['an answer cut off', 'CASE-F3', (id) => `[3,"${id}",{"configurationKey":[`],
    ['an answer cut off within a text', 'CASE-F3-TEXT', (id) => `[3,"${id}",{"configurationKey":[{"key":"Hear`],
    ['an error cut off', 'CASE-F3-ERROR', (id) => `[4,"${id}","configurationKey`],
    ['an answer with rubbish in it', 'CASE-F3-RUBBISH', (id) => `[3,"${id}",{"configurationKey":[}{]}]`],
  ])('F3 %s fails its CALL at once, with the raw text, and the next command goes out', async (_, cpId, raw) => {
    const station = await world().sixteen(cpId);
    const { charger } = station;
    charger.answer('GetConfiguration', (_payload, id) => {
      charger.sendRaw(raw(id));
      return [3, 'to nothing', {}];
    });
    charger.answer('ClearCache', () => ({ status: 'Accepted' }));
    const began = performance.now();
    const failed = await station.operator('POST', '/commands/get-configuration', {});
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(failed.status).toBe(502);
    expect(JSON.stringify(failed.body)).toContain('configurationKey');
    expect(await station.operator('POST', '/commands/clear-cache', {})).toMatchObject({ status: 200 });
  });

  const unknown = (count: number): Payload =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`vendor${index}`, index]));

  it.concurrent.each<[number, string]>([
    [65, 'CASE-F4'],
    [2000, 'CASE-F4-MANY'],
  ])('F4 %i unknown fields in one StopTransaction are taken', async (count, cpId) => {
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000);
    await station.stop(id, 5000, unknown(count));
    await charged(cpId, 4000);
  });

  it.concurrent('F4 (relative) 2.0.1: unknown fields in a hundred sampled values are taken', async () => {
    const cpId = 'CASE-F4-201';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'CARD1', wh: 1000 });
    const sampledValue = Array.from({ length: 100 }, (_, index) => ({
      value: 4000 + 10 * index + 10,
      context: index === 99 ? 'Transaction.End' : 'Sample.Periodic',
      ...unknown(5),
    }));
    await station.ended('tx', 1, { meterValue: [{ timestamp: at(60), sampledValue }] });
    await charged(cpId, 4000);
  });

  it.concurrent('F4 strict goes on refusing unknown fields', async () => {
    const cpId = 'CASE-F4-STRICT';
    await world().strict(cpId);
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000);
    await expect(station.stop(id, 5000, unknown(65))).rejects.toMatchObject({ code: 'FormationViolation' });
  });
}
