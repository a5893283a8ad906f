import { type Command, InvalidArgumentError, Option } from 'commander';
import { comparedLine, reportOf } from './report.ts';
import { CannotReplay, type ReplayOptions, replay } from './run.ts';

/** The exit code where nothing can be replayed. */
const CANNOT = 2;

export interface ReplayFlags {
  replay?: string;
  speed?: number;
  shiftTimes?: boolean;
  wait: number;
  gateway?: string;
  token?: string;
}

function speed(text: string): number {
  const factor = Number(text);
  if (!(factor > 0)) throw new InvalidArgumentError('Use a number above 0, such as 1 or 10.');
  return factor;
}

/** Adds the options of a replay. @param duration reads one */
export function addReplayOptions(program: Command, duration: (text: string) => number): Command {
  return program
    .optionsGroup('Replay:')
    .option(
      '--replay <file>',
      'plays a recorded conversation as its charge point (the export of GET …/messages/export, or another open-ocpp-trace) ' +
        'and shows what differs; exits with 0 when nothing does, 1 when something does, 2 when it cannot be replayed',
    )
    .option(
      '--speed <factor>',
      'keeps the recorded pauses, divided by it, of at most 60s; else as fast as answers come',
      speed,
    )
    .option(
      '--shift-times',
      'moves all times so that the recording ends now; else they stay, and the gateway gets what it got then',
    )
    .addOption(
      new Option('--wait <duration>', 'for a CALL of the gateway, before it is sent again as a command')
        .argParser(duration)
        .default(1000, '1s'),
    )
    .option('--gateway <url>', 'REST API of the gateway: sends commands again and compares rows; needs --token')
    .option('--token <token>', 'for the REST API, with the scopes read and command')
    .optionsGroup('Options:');
}

/** What a charger and a replay have in common. */
interface ChargerFlags {
  url: string;
  cpId?: string;
  password?: string;
  timeout: number;
  verbose?: boolean;
  json?: boolean;
}

/** The options of a replay; those that do not go together end the process with what to do. */
export function replayOptions(file: string, flags: ReplayFlags & ChargerFlags, program: Command): ReplayOptions {
  const { url, cpId, password, timeout, wait, speed: factor, shiftTimes = false, gateway, token } = flags;
  if ((gateway === undefined) !== (token === undefined))
    program.error('error: --gateway and --token belong together: give both, or none', { exitCode: CANNOT });
  return {
    file,
    url,
    callTimeoutMs: timeout,
    waitMs: wait,
    shiftTimes,
    ...(cpId !== undefined && { cpId }),
    ...(password !== undefined && { password }),
    ...(factor !== undefined && { speed: factor }),
    ...(gateway !== undefined && token !== undefined && { rest: { gateway, token } }),
    ...(flags.verbose && !flags.json && { log: (each) => process.stdout.write(`${comparedLine(each)}\n`) }),
  };
}

/** Replays, and shows what differs. The exit code: 0 where nothing does, 1 where something does, 2 where it cannot be replayed. */
export async function runReplay(options: ReplayOptions, json: boolean): Promise<number> {
  try {
    const outcome = await replay(options);
    process.stdout.write(`${json ? JSON.stringify(outcome) : reportOf(outcome)}\n`);
    return outcome.differences.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotReplay)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return CANNOT;
  }
}
