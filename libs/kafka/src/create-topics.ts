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
  const { created, existing } = await createTopics({
    brokers: config.data.EVEYS_OCPP_KAFKA_BROKERS,
    partitions: config.data.EVEYS_OCPP_KAFKA_PARTITIONS,
    replicationFactor: config.data.EVEYS_OCPP_KAFKA_REPLICATION_FACTOR,
  });
  process.stdout.write(`topics: ${created.length} created, ${existing.length} there already\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
