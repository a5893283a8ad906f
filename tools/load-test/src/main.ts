import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join, resolve } from 'node:path';
import { readOptions, type LoadOptions } from './options.ts';
import { progressLine } from './report/progress.ts';
import { renderPage } from './report/html.ts';
import type { Report } from './report/model.ts';
import { renderReport } from './report/text.ts';
import { problemsOf } from './report/verdicts.ts';
import { runDay } from './run.ts';
import { startOwnStack } from './stack/own.ts';
import { pinSelf } from './stack/pin.ts';
import type { Stack } from './stack/stack.ts';
import { useTarget } from './stack/target.ts';

/** Where nobody looks on, a line in so many seconds is enough. */
const QUIET_SECONDS = 10;

const argv = process.argv.slice(2);
const options = readOptions(argv);
const onTerminal = process.stderr.isTTY;

function say(what: string): void {
  process.stderr.write(`${onTerminal ? '\r\u001b[K' : ''}load-test: ${what}\n`);
}

function machine(): string {
  const [core, ...others] = cpus();
  return `${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}`;
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

async function start({ target, gateway, token = '', edges, events, set, profile }: LoadOptions): Promise<Stack> {
  if (target && gateway !== undefined) return useTarget({ urls: target, rest: gateway, token });
  say('starting engines and services');
  return startOwnStack({ edges, events, env: set, ...(profile !== undefined && { profile }) });
}

async function run(): Promise<Report> {
  const others = options.pin && cpus().length > 1 ? `1-${cpus().length - 1}` : undefined;
  if (others !== undefined) await pinSelf('0');
  const stack = await start(options);
  if (others !== undefined) await pinSelf(others);
  let seconds = 0;
  try {
    return await runDay(
      {
        ...options,
        command: argv.join(' '),
        machine: machine(),
        ...(others !== undefined && { cpus: others }),
        signal: interruption.signal,
        say,
        progress: (second, phase) => {
          const line = progressLine(second, phase);
          if (onTerminal) process.stderr.write(`\r\u001b[K${line}`);
          else if (seconds++ % QUIET_SECONDS === 0) process.stderr.write(`${line}\n`);
        },
      },
      stack,
    );
  } finally {
    await stack.stop();
  }
}

try {
  const report = await run();
  const folder = resolve(options.out);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  await writeFile(join(folder, 'report.html'), renderPage(report));
  say(`report: ${join(folder, 'report.html')}, and report.json beside it`);
  console.log(renderReport(report));
  process.exitCode = problemsOf(report).length === 0 ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
