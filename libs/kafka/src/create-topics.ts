import { parseArgs } from 'node:util';
import { z } from 'zod';
import { kafkaConfig } from './config.ts';
import { createTopics } from './topics.ts';

// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object(kafkaConfig).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

try {
  const { values } = parseArgs({ options: { 'add-partitions': { type: 'boolean', default: false } } });
  const { created, existing, changes } = await createTopics({
    brokers: config.data.EVEYS_OCPP_KAFKA_BROKERS,
    partitions: config.data.EVEYS_OCPP_KAFKA_PARTITIONS,
    replicationFactor: config.data.EVEYS_OCPP_KAFKA_REPLICATION_FACTOR,
    overrides: config.data.EVEYS_OCPP_KAFKA_TOPICS,
    addPartitions: values['add-partitions'],
  });
  for (const line of changes) process.stdout.write(`${line}\n`);
  process.stdout.write(`topics: ${created.length} created, ${existing.length} there already\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
