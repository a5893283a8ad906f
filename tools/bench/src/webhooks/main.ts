import { cpus, loadavg, release } from 'node:os';
import { measureWebhooks } from './measure.ts';
import { readWebhookOptions } from './options.ts';
import { webhookReport } from './report.ts';

const argv = process.argv.slice(2);
const options = readWebhookOptions(argv);
const startedAt = new Date();
const [load = 0] = loadavg();
const [core, ...others] = cpus();
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

try {
  const rounds = await measureWebhooks(options, (what) => console.error(`bench: ${what}`), interruption.signal);
  console.log(
    [
      `bench-webhooks ${argv.join(' ')}`.trim(),
      `${startedAt.toISOString()}, ${((Date.now() - startedAt.getTime()) / 1000).toFixed(0)} s in all, load average before ${load.toFixed(1)}`,
      `${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}`,
      `${options.subscriptions} live subscriptions, ${options.rate} events a second to each, ${options.rounds} rounds of ${options.seconds} s a run`,
      '',
      'From an event to its arrival at a live endpoint',
      '',
      webhookReport(rounds),
    ].join('\n'),
  );
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
