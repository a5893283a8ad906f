import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import type { CommandApi } from '@ocpp-gw/rig';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { readEvents } from '../events-seen.ts';
import { startSecondApi } from '../second-api.ts';
import { EventStreamReader, type StreamedEvent } from '../sse.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';

const CP = 'STREAM-16';
const TYPES = `type=${TOPICS.status}&type=${TOPICS.transactionStarted}&type=${TOPICS.transactionEnded}`;

/** Event streams of two command-api, one of which is killed. */
export function eventStreamsSuite(stack: () => Stack): void {
  let charger: FakeCharger;
  let second: CommandApi;

  beforeAll(async () => {
    charger = await booted(stack().edgeUrls[0], CP, 'ocpp1.6');
    second = await startSecondApi(stack(), 'killed-command-api');
  }, 60_000);
  afterAll(async () => {
    await Promise.all([charger?.close(), second?.process.stop()]);
  });

  const open = (url: string, lastEventId?: string): Promise<EventStreamReader> =>
    EventStreamReader.open(`${url}/events?cp_id=${CP}&${TYPES}`, lastEventId);

  async function statuses(from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += 1)
      await charger.call('StatusNotification', {
        connectorId: 1,
        errorCode: 'NoError',
        status: at % 2 === 0 ? 'Available' : 'Preparing',
        info: `n${at}`,
      });
  }
  const infoOf = ({ data }: StreamedEvent): unknown => data.data.payload['info'];

  it('after a kill, the last id goes on at another instance: each event once, in order, as Kafka has it', async () => {
    const killed = await open(second.rest);
    await until('the stream to begin', async () => expect(killed.lastEventId).not.toBe(''));
    const sending = statuses(0, 60);
    await until('the first events', async () => expect(killed.events.length).toBeGreaterThan(10));
    await second.process.stop('SIGKILL');
    await killed.ended();
    const resumed = await open(stack().rest, killed.lastEventId);
    await sending;
    const seen = (): StreamedEvent[] => [...killed.events, ...resumed.events];
    await until('all events', async () => expect(seen().length).toBeGreaterThanOrEqual(60));
    expect(seen().map(infoOf)).toEqual(Array.from({ length: 60 }, (_, at) => `n${at}`));
    const kafka = await readEvents(
      stack().dataPlane.kafkaBrokers,
      [TOPICS.status],
      (all) => all.filter(({ key }) => key === CP).length >= 60,
    );
    const produced = kafka.filter(({ key }) => key === CP).map(({ event }) => event.id);
    expect(seen().map(({ data }) => data.data.id)).toEqual(produced);
    await resumed.close();
  }, 90_000);

  it('an id of long ago reads all that came since, and then what happens', async () => {
    const reader = await open(stack().rest);
    await until('the stream to begin', async () => expect(reader.lastEventId).not.toBe(''));
    const { lastEventId } = reader;
    await reader.close();
    const { transactionId } = (await charger.call('StartTransaction', {
      connectorId: 1,
      idTag: 'TAG',
      meterStart: 0,
      timestamp: new Date().toISOString(),
    })) as { transactionId: number };
    const later = await open(stack().rest, lastEventId);
    await until('the start', async () =>
      expect(later.events.map(({ type }) => type)).toEqual([TOPICS.transactionStarted]),
    );
    await charger.call('StopTransaction', { transactionId, meterStop: 100, timestamp: new Date().toISOString() });
    await until('the end', async () =>
      expect(later.events.map(({ type }) => type)).toEqual([TOPICS.transactionStarted, TOPICS.transactionEnded]),
    );
    expect(later.events[1]?.data.data.payload).toMatchObject({ transaction_id: String(transactionId), energy_wh: 100 });
    await later.close();
  }, 60_000);
}
