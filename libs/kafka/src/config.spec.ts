import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { kafkaConfig } from './config.ts';

describe('kafkaConfig', () => {
  const schema = z.object(kafkaConfig);

  it('defaults to the local data plane', () => {
    expect(schema.parse({})).toEqual({
      EVEYS_OCPP_KAFKA_BROKERS: ['localhost:9092'],
      EVEYS_OCPP_KAFKA_PARTITIONS: 12,
      EVEYS_OCPP_KAFKA_REPLICATION_FACTOR: 1,
      EVEYS_OCPP_KAFKA_TOPICS: {},
    });
  });

  it('reads several brokers', () => {
    expect(schema.parse({ EVEYS_OCPP_KAFKA_BROKERS: 'a:9092, b:9093,' }).EVEYS_OCPP_KAFKA_BROKERS).toEqual([
      'a:9092',
      'b:9093',
    ]);
  });

  it.each([
    { EVEYS_OCPP_KAFKA_BROKERS: 'localhost' },
    { EVEYS_OCPP_KAFKA_BROKERS: '' },
    { EVEYS_OCPP_KAFKA_PARTITIONS: '0' },
    { EVEYS_OCPP_KAFKA_REPLICATION_FACTOR: 'three' },
    { EVEYS_OCPP_KAFKA_TOPICS: '{' },
    { EVEYS_OCPP_KAFKA_TOPICS: '{"cp.metre": {}}' },
    { EVEYS_OCPP_KAFKA_TOPICS: '{"cp.meter": {"compression": "lz4"}}' },
    { EVEYS_OCPP_KAFKA_TOPICS: '{"*": {"retention": 3}}' },
  ])('refuses %j and names the variable', (env) => {
    const result = schema.safeParse(env);
    expect(result.error?.issues[0]?.path[0]).toBe(Object.keys(env)[0]);
  });

  it('describes every variable, and its input for a schema', () => {
    for (const field of Object.values(kafkaConfig)) expect(field.description).toMatch(/\S/);
    expect(z.toJSONSchema(schema, { io: 'input' }).properties).toMatchObject({
      EVEYS_OCPP_KAFKA_BROKERS: { type: 'string', default: 'localhost:9092' },
    });
  });
});
