import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PermanentError, RetriableError, type OutgoingMessage } from '@ocpp-gw/kafka';
import type { Leadership } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { KafkaDelivery } from './kafka-delivery.ts';
import { Relay } from './relay.ts';
import { FakeLeadership, FakeOutbox } from './testdata/fakes.ts';

describe('KafkaDelivery', () => {
  let sut: Relay;
  afterEach(() => sut.stop());

  async function setUp(texts: string[], refuse: (messages: readonly OutgoingMessage[]) => void = () => undefined) {
    const outbox = new FakeOutbox();
    const sent: string[] = [];
    const delivered: number[] = [];
    await outbox.append(
      texts.map((text) => ({
        lane: 'kafka' as const,
        destination: 'a.topic',
        cpId: text[0] ?? '',
        eventId: randomUUID(),
        payload: Buffer.from(text),
      })),
    );
    const { lines, ...logger } = recordingLogger();
    const delivery = new KafkaDelivery({
      outbox,
      logger,
      delivered: (rows) => delivered.push(rows),
      producer: {
        ready: () => Promise.resolve(),
        send: (messages) => {
          refuse(messages);
          sent.push(...messages.map(({ topic, key, value }) => `${topic}/${key}/${Buffer.from(value).toString()}`));
          return Promise.resolve();
        },
      },
    });
    sut = new Relay(delivery, { leadership: new FakeLeadership() as unknown as Leadership, outbox, logger });
    sut.start();
    return { outbox, sent, delivered, lines };
  }

  it('produces in order, keyed by charger, and forgets what is acknowledged', async () => {
    const { outbox, sent, delivered } = await setUp(['A1', 'B1', 'A2']);
    await eventually(() => delivered.length > 0);
    expect(sent).toEqual(['a.topic/A/A1', 'a.topic/B/B1', 'a.topic/A/A2']);
    expect(outbox.rows).toEqual([]);
    expect(delivered).toEqual([3]);
  });

  it('keeps everything while Kafka is away, and sends all of it in order after', async () => {
    let away = true;
    let tries = 0;
    const { outbox, sent } = await setUp(['A1', 'A2'], () => {
      tries += 1;
      if (away) throw new RetriableError('kafka away');
    });
    await eventually(() => tries > 1);
    expect(outbox.texts('kafka')).toEqual(['A1', 'A2']);
    away = false;
    await eventually(() => outbox.rows.length === 0);
    expect(sent).toEqual(['a.topic/A/A1', 'a.topic/A/A2']);
  });

  it('empties a shard with a long backlog while it carries on what comes in others', async () => {
    const texts = Array.from({ length: 700 }, (_, n) => `A${n}`);
    const { outbox, sent } = await setUp([...texts, 'B1']);
    await eventually(() => outbox.rows.length === 0);
    expect(sent).toHaveLength(701);
    expect(sent.indexOf('a.topic/B/B1')).toBeLessThan(100);
    expect(sent.filter((one) => one.startsWith('a.topic/A/'))).toEqual(texts.map((text) => `a.topic/A/${text}`));
  });

  it('puts aside the one that Kafka never takes and sends the others', async () => {
    const { outbox, sent, lines } = await setUp(['A1', 'Apoison', 'A2'], (messages) => {
      if (messages.some(({ value }) => Buffer.from(value).toString().includes('poison')))
        throw new PermanentError('too large');
    });
    await eventually(() => outbox.texts('kafka').length === 0);
    expect(sent).toEqual(['a.topic/A/A1', 'a.topic/A/A2']);
    expect(outbox.texts('kafka-dead')).toEqual(['Apoison']);
    expect(lines.map(({ message }) => message)).toContain('event can never be produced');
  });
});
