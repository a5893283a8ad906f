import { cpus, loadavg, release } from 'node:os';
import { measure, type Measured } from './bench.ts';
import { readOptions } from './options.ts';
import { faults, report } from './report.ts';

const argv = process.argv.slice(2);
const options = readOptions(argv);
const startedAt = new Date();
const [load = 0] = loadavg();
const [core, ...others] = cpus();
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

function print(measured: Measured): void {
  console.log(
    [
      `bench ${argv.join(' ')}`.trim(),
      `${startedAt.toISOString()}, ${((Date.now() - startedAt.getTime()) / 1000).toFixed(0)} s in all, load average before ${load.toFixed(1)}`,
      `${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}`,
      `${options.chargers} chargers, ${options.seconds} s a run, open loop at ${options.rate} messages a second`,
      '',
      report(measured),
    ].join('\n'),
  );
}

try {
  const measured = await measure(options, (what) => console.error(`bench: ${what}`), interruption.signal);
  print(measured);
  for (const fault of faults(measured)) {
    console.error(`bench: ${fault}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
