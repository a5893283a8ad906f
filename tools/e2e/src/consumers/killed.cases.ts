import { expect, it } from '@jest/globals';
import { CONSUMERS, TOPICS } from '@ocpp-gw/contracts';
import { query } from '../degraded/observer.ts';
import { until } from '../until.ts';
import type { Consumers } from './consumers.ts';
import { heardInOrder, storedOnce } from './effect.ts';
import { Flow } from './flow.ts';
import { uncommitted } from './group.ts';

/** A wire holds the store's answer back: the rows are there, and the consumer, which does not know it yet, dies. */
export function killedSuite(consumers: () => Consumers): void {
  it('the ingestor killed between the insert and the commit: its rows are there once, and none is missing', async () => {
    const { dataPlane, producer, clickhouse, ingestor, wires } = consumers();
    const samples = async (final: 'FINAL' | ''): Promise<number> => {
      const result = await clickhouse.query({
        query: `SELECT count() AS n FROM meter_samples ${final} WHERE startsWith(cp_id, 'KILL-CH-')`,
        format: 'JSONEachRow',
      });
      return Number((await result.json<{ n: string }>())[0]?.n);
    };
    // What is there twice would be merged away in time, whatever we do.
    await clickhouse.command({ query: 'SYSTEM STOP MERGES meter_samples' });
    wires.clickhouse.leaveUnanswered(/INSERT.{1,3}INTO.{1,3}meter_samples/);
    const flow = new Flow(producer, ['KILL-CH-0', 'KILL-CH-1', 'KILL-CH-2']);
    for (let n = 0; n < 8; n++) await flow.tick();
    await until('rows of an insert without an answer', async () => expect(await samples('')).toBeGreaterThan(0));
    expect(await uncommitted(dataPlane.kafkaBrokers, CONSUMERS.ingestor, [TOPICS.meter])).toBe(6);
    await ingestor.stop('SIGKILL');

    wires.clickhouse.leaveUnanswered(undefined);
    // More of it: a batch that is read again need not be the same batch.
    for (let n = 0; n < 8; n++) await flow.tick();
    await ingestor.launch();
    await storedOnce(consumers(), flow);
    expect(await samples('')).toBeGreaterThan(await samples('FINAL'));
    await clickhouse.command({ query: 'SYSTEM START MERGES meter_samples' });
  }, 120_000);

  it('the dispatcher killed between its rows and the commit: every webhook comes once', async () => {
    const { dataPlane, producer, receiver, dispatcher, wires } = consumers();
    const rows = async (): Promise<number> => {
      const found = await query(consumers(), `SELECT 1 FROM webhook_deliveries WHERE cp_id = 'KILL-ROWS'`);
      return found.length;
    };
    // Statements are prepared: their text passes on a connection once, so it takes new ones.
    await dispatcher.stop();
    wires.postgres.leaveUnanswered(/INSERT INTO webhook_deliveries/);
    await dispatcher.launch();
    const flow = new Flow(producer, ['KILL-ROWS']);
    for (let n = 0; n < 4; n++) await flow.tick();
    await until('rows of an insert without an answer', async () => expect(await rows()).toBeGreaterThan(0));
    expect(await uncommitted(dataPlane.kafkaBrokers, CONSUMERS.dispatcher, [TOPICS.transactionStarted])).toBe(1);
    await dispatcher.stop('SIGKILL');

    wires.postgres.leaveUnanswered(undefined);
    await dispatcher.launch();
    await heardInOrder(consumers(), flow);
    expect(await rows()).toBe(4);
    expect(receiver.heard('KILL-ROWS')).toEqual(flow.ids);
  }, 120_000);

  it('the dispatcher killed between the POST and its outcome: the same webhook-id comes again, and then the next', async () => {
    const { producer, receiver, dispatcher } = consumers();
    const flow = new Flow(producer, ['KILL-POST', 'KILL-POST-OTHER']);
    const posted = Promise.withResolvers<void>();
    receiver.answer(({ cpId, webhookId }) => {
      if (webhookId !== flow.published.get(cpId)?.[1] || cpId !== 'KILL-POST') return 204;
      posted.resolve();
      return undefined;
    });
    for (let n = 0; n < 8; n++) await flow.tick();
    await posted.promise;
    await dispatcher.stop('SIGKILL');

    receiver.answer();
    await dispatcher.launch();
    await heardInOrder(consumers(), flow);
    const [first = '', second = '', ...others] = flow.published.get('KILL-POST') ?? [];
    expect(receiver.heard('KILL-POST')).toEqual([first, second, second, ...others]);
  }, 120_000);
}
