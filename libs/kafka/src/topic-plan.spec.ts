import { describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, CONSUMED, CONSUMERS, TOPICS, deadLetterTopic } from '@ocpp-gw/contracts';
import { changeOf, plan, type PlannedTopic, type TopicWishes } from './topic-plan.ts';

const wishes: TopicWishes = { partitions: 12, replicationFactor: 1 };
const planned = (topic: string, more: Partial<TopicWishes> = {}): PlannedTopic | undefined =>
  plan({ ...wishes, ...more }).find((one) => one.topic === topic);
const DEAD = deadLetterTopic(CONSUMERS.ingestor, TOPICS.meter);
const DAY = 86_400_000;

describe('plan', () => {
  it('has every event topic, and for each consumer its dead letters', () => {
    const names = plan(wishes).map(({ topic }) => topic);
    expect(names).toHaveLength(ALL_TOPICS.length + Object.values(CONSUMED).flat().length);
    expect(names).toEqual(expect.arrayContaining([...ALL_TOPICS, deadLetterTopic(CONSUMERS.dispatcher, TOPICS.boot)]));
    expect(names).not.toContain(deadLetterTopic(CONSUMERS.dispatcher, TOPICS.message));
  });

  it('gives event topics the partitions asked for, and dead letters one', () => {
    expect(planned(TOPICS.meter)?.partitions).toBe(12);
    expect(planned(DEAD)?.partitions).toBe(1);
  });

  it('wants two replicas in sync where there are three, and never more than there are', () => {
    const insync = (more: Partial<TopicWishes>) => planned(TOPICS.boot, more)?.configs['min.insync.replicas'];
    expect(insync({ replicationFactor: 3 })).toBe('2');
    expect(insync({ replicationFactor: 2 })).toBe('1');
    expect(insync({ replicationFactor: 1, overrides: { '*': { minInsyncReplicas: 3 } } })).toBe('1');
  });

  it('takes dead letters that are larger than any message', () => {
    expect(planned(DEAD)?.configs['max.message.bytes']).toBe(String(2 * 1024 * 1024));
  });

  it('keeps what is billed longer than readings', () => {
    expect(planned(TOPICS.transactionEnded)?.configs['retention.ms']).toBe(String(30 * DAY));
    expect(planned(TOPICS.meter)?.configs).toMatchObject({
      'retention.ms': String(7 * DAY),
      'compression.type': 'gzip',
    });
  });

  it('prefers what is set for a topic to what is set for all, and both to what is declared', () => {
    const overrides = { '*': { retentionDays: 2, partitions: 6 }, [TOPICS.meter]: { retentionDays: 1 } };
    expect(planned(TOPICS.meter, { overrides })).toMatchObject({
      partitions: 6,
      configs: { 'retention.ms': String(DAY), 'compression.type': 'gzip' },
    });
    expect(planned(TOPICS.boot, { overrides })?.configs['retention.ms']).toBe(String(2 * DAY));
    expect(planned(DEAD, { overrides })?.configs['retention.ms']).toBe(String(30 * DAY));
  });
});

describe('changeOf', () => {
  const wanted: PlannedTopic = { topic: 't', partitions: 12, replicas: 3, configs: { 'retention.ms': '5' } };
  const existing = { partitions: 12, replicas: 3, configs: { 'retention.ms': '5', 'cleanup.policy': 'delete' } };

  it('is nothing for a topic that is as planned', () => {
    expect(changeOf(wanted, existing, true)).toEqual({ topic: 't', configs: {}, lines: [] });
  });

  it('names what a setting was and becomes', () => {
    expect(changeOf(wanted, { ...existing, configs: { 'retention.ms': '9' } }, false)).toEqual({
      topic: 't',
      configs: { 'retention.ms': '5' },
      lines: ['t: retention.ms 9 -> 5'],
    });
  });

  it('adds partitions only when it may, and never takes any away', () => {
    expect(changeOf(wanted, { ...existing, partitions: 3 }, true)).toMatchObject({
      partitions: 12,
      lines: ['t: partitions 3 -> 12'],
    });
    const kept = changeOf(wanted, { ...existing, partitions: 3 }, false);
    expect(kept.partitions).toBeUndefined();
    expect(kept.lines).toEqual(['t: keeps 3 partitions instead of 12: --add-partitions adds them']);
    const more = changeOf(wanted, { ...existing, partitions: 24 }, true);
    expect(more.partitions).toBeUndefined();
    expect(more.lines).toEqual(['t: keeps 24 partitions instead of 12: partitions never shrink']);
  });

  it('says that the number of replicas stays', () => {
    expect(changeOf(wanted, { ...existing, replicas: 1 }, false).lines).toEqual([
      't: keeps 1 replicas instead of 3: reassign its partitions',
    ]);
  });
});
