import { z } from 'zod';
import { kafkaConfig } from './config.ts';
import { UsageError, deadLetterCommand } from './dead-letter-command.ts';
import { DeadLetters } from './dead-letter-topics.ts';

// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object({ EVEYS_OCPP_KAFKA_BROKERS: kafkaConfig.EVEYS_OCPP_KAFKA_BROKERS }).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

const print = (text: string): void => void process.stdout.write(text);
try {
  await deadLetterCommand(process.argv.slice(2), new DeadLetters(config.data.EVEYS_OCPP_KAFKA_BROKERS), print);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
