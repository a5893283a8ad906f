import { Command } from 'commander';
import { whole } from '../options.ts';

export interface WebhookBenchOptions {
  seconds: number;
  rounds: number;
  subscriptions: number;
  /** Events a second; each goes to every subscription. */
  rate: number;
  chargers: number;
  /** Events that wait for the dead endpoint that has been dead for long. */
  backlog: number;
}

export function webhookCommand(): Command {
  return new Command('bench-webhooks')
    .description('Whether a dead endpoint delays the webhooks of live ones')
    .option('--seconds <n>', 'that are measured in each run', whole(1, 600), 10)
    .option('--rounds <n>', 'of one run of each condition', whole(1, 100), 5)
    .option('--subscriptions <n>', 'live ones', whole(1, 190), 100)
    .option('--rate <n>', 'events a second; each goes to every subscription', whole(1, 1000), 2)
    .option('--chargers <n>', 'that the events come from in turn', whole(1, 10_000), 40)
    .option(
      '--backlog <n>',
      'events that wait for the endpoint that has been dead for long',
      whole(1, 1_000_000),
      20_000,
    );
}

export function readWebhookOptions(argv: readonly string[], program = webhookCommand()): WebhookBenchOptions {
  return program.parse(argv, { from: 'user' }).opts<WebhookBenchOptions>();
}
