import { formatSummary, readCommandLine } from './cli.ts';
import { runFleet } from './fleet.ts';
import { runReplay } from './replay/cli.ts';

const { options, replay, json } = readCommandLine(process.argv.slice(2));
if (replay) {
  process.exitCode = await runReplay(replay, json);
} else {
  const interruption = new AbortController();
  // The first signal ends the sessions and closes the sockets; a second one ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

  const summary = await runFleet({ ...options, signal: interruption.signal });
  process.stdout.write(`${formatSummary(summary, json)}\n`);
  process.exitCode = summary.ok ? 0 : 1;
}
