import { appendFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from './duration.ts';
import type { FleetOptions, FleetSummary } from './fleet.ts';
import { describeMisbehaviours, misbehavioursOf, randomMisbehaviours, speaks } from './misbehaviour/catalogue.ts';
import type { Misbehaviour } from './misbehaviour/misbehaviour.ts';
import { seededNumbers } from './random.ts';
import { addReplayOptions, type ReplayFlags, replayOptions } from './replay/cli.ts';
import type { ReplayOptions } from './replay/run.ts';
import { DEFAULTS, type LogEntry } from './settings.ts';

interface Flags extends ReplayFlags {
  url: string;
  protocol: '1.6' | '2.0.1';
  cpId?: string;
  count: number;
  idPrefix: string;
  password?: string;
  sessions: number;
  idToken: string;
  meterInterval: number;
  meterValues: number;
  power: number;
  connectors: number;
  heartbeat?: number;
  timeout: number;
  retries: number;
  retryInterval: number;
  startTimeout: number;
  stagger: number;
  stay?: boolean;
  misbehave?: 'random' | readonly Misbehaviour[];
  seed: number;
  log?: string;
  json?: boolean;
  verbose?: boolean;
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('Use a number with ms, s, m or h, such as 500ms or 10s.');
  return ms;
}

function count(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min) throw new InvalidArgumentError(`Use a whole number from ${min} on.`);
    return value;
  };
}

function webSocketUrl(text: string): string {
  if (!/^wss?:\/\/[^/]/.test(text))
    throw new InvalidArgumentError('Use ws://host:port or wss://host:port, without the identity.');
  return text;
}

function misbehave(text: string): 'random' | readonly Misbehaviour[] {
  if (text === 'random') return text;
  try {
    return misbehavioursOf(text.split(','));
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function durationOption(flags: string, description: string, defaultMs: number): Option {
  const shown = defaultMs < 1000 ? `${defaultMs}ms` : `${defaultMs / 1000}s`;
  return new Option(flags, description).argParser(duration).default(defaultMs, shown);
}

export function command(): Command {
  const program = new Command('charger-sim')
    .description(
      'Chargers for OCPP 1.6 and 2.0.1: connect, boot, do sessions with meter values, answer every call of the CSMS.\n' +
        'Exits 0 only when every charger was accepted and every session acknowledged.',
    )
    .option('--url <url>', 'where the CSMS listens, without the identity', webSocketUrl, 'ws://localhost:9000')
    .addOption(new Option('--protocol <version>', 'OCPP version').choices(['1.6', '2.0.1']).default('1.6'))
    .option('--id, --cp-id <identity>', 'identity of a single charger')
    .option('--count <n>', 'how many chargers', count(1), 1)
    .option('--id-prefix <text>', 'identities are the prefix and a number of four digits', 'SIM')
    .option('--password <text>', 'Basic auth; for 1.6 also 32 to 40 hex digits')
    .option('--sessions <n>', 'sessions each charger does, one after the other', count(0), 0)
    .option('--id-token <token>', 'who charges', DEFAULTS.idToken)
    .addOption(durationOption('--meter-interval <duration>', 'between two meter values', DEFAULTS.meterIntervalMs))
    .option('--meter-values <n>', 'meter values in each session', count(0), 3)
    .option('--power <watt>', 'what the car draws', count(1), DEFAULTS.powerW)
    .option('--connectors <n>', 'connectors of each charger', count(1), DEFAULTS.connectors)
    .option('--heartbeat <duration>', 'instead of the interval the CSMS gives', duration)
    .addOption(durationOption('--timeout <duration>', 'for the answer to a call', DEFAULTS.callTimeoutMs))
    .option('--retries <n>', 'tries of a transaction message', count(1), DEFAULTS.retry.attempts)
    .addOption(
      durationOption('--retry-interval <duration>', 'between them, times the tries so far', DEFAULTS.retry.intervalMs),
    )
    .addOption(durationOption('--startTimeout <duration>', 'for a charger to be accepted, without --stay', 60_000))
    .addOption(durationOption('--stagger <duration>', 'between the starts of two chargers', 20))
    .option(
      '--misbehave <names>',
      'misbehaviours of every charger, separated by commas; random: some of each',
      misbehave,
    )
    .option('--seed <n>', 'gives the same random misbehaviours', count(0), 1)
    .option('--log <file>', 'appends who charged what, and what was acknowledged, as JSON lines')
    .option('--stay', 'stay connected after the sessions, until interrupted')
    .option('--json', 'log lines and the summary as JSON')
    .option('--verbose', 'log every message');
  return addReplayOptions(program, duration).addHelpText(
    'after',
    `
Misbehaviours (2.0.1, 1.6: of that version alone):
${describeMisbehaviours()}

Durations: 500ms, 10s, 2m, 1h; a bare number means seconds.

Examples:
  charger-sim --id CP1 --sessions 1 --meter-interval 1s
  charger-sim --protocol 2.0.1 --id CP2 --stay
  charger-sim --id CP3 --sessions 2 --misbehave clock-2000,lost-stop --log truth.jsonl
  charger-sim --count 100 --id-prefix LOAD --sessions 5 --url ws://localhost:19000
  charger-sim --replay cp1.jsonl --cp-id CP1-AGAIN --gateway http://localhost:8080 --token "$TOKEN"`,
  );
}

/** What the command line asks for: chargers, or with `replay` a replay. */
export interface CommandLine {
  options: FleetOptions;
  replay?: ReplayOptions;
  json: boolean;
}

/** Reads the command line; a wrong one ends the process with what to do. */
export function readCommandLine(argv: readonly string[], program = command()): CommandLine {
  const flags = program.parse(argv, { from: 'user' }).opts<Flags>();
  if (flags.cpId !== undefined && flags.count > 1)
    program.error('error: --id names one charger; with --count use --id-prefix');
  const strangers =
    flags.misbehave === 'random' ? [] : (flags.misbehave ?? []).filter((each) => !speaks(each, flags.protocol));
  if (strangers.length > 0)
    program.error(`error: not of OCPP ${flags.protocol}: ${strangers.map(({ name }) => name).join(', ')}`);
  const numbered = Array.from({ length: flags.count }, (_, n) => `${flags.idPrefix}${String(n + 1).padStart(4, '0')}`);
  const json = flags.json === true;
  return {
    json,
    ...(flags.replay !== undefined && { replay: replayOptions(flags.replay, flags, program) }),
    options: {
      url: flags.url,
      protocol: flags.protocol,
      ids: flags.cpId === undefined ? numbered : [flags.cpId],
      password: flags.password,
      sessions: flags.sessions,
      idToken: flags.idToken,
      meterIntervalMs: flags.meterInterval,
      meterValues: flags.meterValues,
      powerW: flags.power,
      connectors: flags.connectors,
      heartbeatMs: flags.heartbeat,
      callTimeoutMs: flags.timeout,
      retry: { attempts: flags.retries, intervalMs: flags.retryInterval },
      timeoutMs: flags.startTimeout,
      staggerMs: flags.stagger,
      stay: flags.stay === true,
      misbehavioursOf: misbehavioursBy(flags),
      truth: (entry) => {
        if (flags.log !== undefined) appendFileSync(flags.log, `${JSON.stringify(entry)}\n`);
      },
      log: (entry) => {
        const isRoutine = entry.message === 'call answered' || entry.message === 'answered';
        if (flags.verbose || !isRoutine) process.stdout.write(`${json ? JSON.stringify(entry) : asText(entry)}\n`);
      },
    },
  };
}

/** What each charger of the fleet does otherwise. */
function misbehavioursBy({ misbehave = [], protocol, seed }: Flags): () => readonly Misbehaviour[] {
  const next = seededNumbers(seed);
  return () => (misbehave === 'random' ? randomMisbehaviours(protocol, next) : misbehave);
}

function asText({ at, cpId, message, ...fields }: LogEntry): string {
  const details = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [at, cpId, message, ...details].join(' ');
}

/** The last line. */
export function formatSummary(summary: FleetSummary, json: boolean): string {
  if (json) return JSON.stringify(summary);
  const { chargers, accepted, sessions, acknowledged, energyWh, durationMs, problems, ok } = summary;
  const trouble = problems.length > 0 ? `; ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? '; …' : ''}` : '';
  return (
    `${ok ? 'ok' : 'FAILED'}: ${accepted}/${chargers} chargers accepted, ${acknowledged}/${sessions} sessions acknowledged, ` +
    `${energyWh} Wh, ${(durationMs / 1000).toFixed(1)} s${trouble}`
  );
}
