import { describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, CONSUMERS, TOPICS, deadLetterTopic } from '@ocpp-gw/contracts';
import { plan } from './topics.ts';

describe('plan', () => {
  const options = { brokers: [], partitions: 12, replicationFactor: 1 };

  it('has every event topic, and for each consumer its dead letters', () => {
    const names = plan(options).map(({ topic }) => topic);
    expect(names).toHaveLength(ALL_TOPICS.length * (1 + Object.keys(CONSUMERS).length));
    expect(names).toEqual(expect.arrayContaining([...ALL_TOPICS, deadLetterTopic(CONSUMERS.dispatcher, TOPICS.boot)]));
  });

  it('gives event topics the partitions asked for, and dead letters one', () => {
    const byTopic = new Map(plan(options).map((topic) => [topic.topic, topic.numPartitions]));
    expect(byTopic.get(TOPICS.meter)).toBe(12);
    expect(byTopic.get(deadLetterTopic(CONSUMERS.ingestor, TOPICS.meter))).toBe(1);
  });

  it('wants two replicas in sync where there are three', () => {
    const [topic] = plan({ ...options, replicationFactor: 3 });
    expect(topic?.configEntries).toContainEqual({ name: 'min.insync.replicas', value: '2' });
  });

  it('takes dead letters that are larger than any message', () => {
    const dead = plan(options).find(({ topic }) => topic === deadLetterTopic(CONSUMERS.ingestor, TOPICS.meter));
    expect(dead?.configEntries).toContainEqual({ name: 'max.message.bytes', value: String(2 * 1024 * 1024) });
  });
});
