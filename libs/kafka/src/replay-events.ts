import { z } from 'zod';
import { kafkaConfig } from './config.ts';
import { UsageError } from './dead-letter-command.ts';
import { eventBody } from './event-body.ts';
import { EventReplay } from './event-replay.ts';
import { readReplayOptions } from './replay-options.ts';

// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object({ EVEYS_OCPP_KAFKA_BROKERS: kafkaConfig.EVEYS_OCPP_KAFKA_BROKERS }).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

try {
  const options = readReplayOptions(process.argv.slice(2));
  const replay = new EventReplay(config.data.EVEYS_OCPP_KAFKA_BROKERS);
  if (options.group === undefined) {
    await replay.each(options, ({ event }) => void process.stdout.write(`${eventBody(event)}\n`));
  } else {
    const partitions = await replay.setGroup(options.group, options);
    const since = new Date(options.since).toISOString();
    process.stdout.write(`${options.group} reads ${partitions} partitions from ${since} on\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
