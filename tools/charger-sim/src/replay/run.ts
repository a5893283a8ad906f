import { readFile } from 'node:fs/promises';
import { TraceError } from '@ocpp-gw/conversation';
import { secretOf } from '../secret.ts';
import type { Compared, Outcome } from './outcome.ts';
import { Player } from './player.ts';
import { BadRecording, type Recording, recordingOf } from './recording.ts';
import { ReplayRest } from './rest.ts';

export interface ReplayOptions {
  file: string;
  /** ws:// or wss://, without the identity. */
  url: string;
  /** That of the recording when absent. */
  cpId?: string;
  password?: string;
  callTimeoutMs: number;
  waitMs: number;
  speed?: number;
  shiftTimes: boolean;
  /** Access to REST. */
  rest?: { gateway: string; token: string };
  log?: (compared: Compared) => void;
}

/** A replay that cannot begin. The message says what to do. */
export class CannotReplay extends Error {
  override readonly name = 'CannotReplay';
}

/** Plays a file against a gateway. @throws CannotReplay */
export async function replay(options: ReplayOptions): Promise<Outcome> {
  const { file, url, password, shiftTimes, rest: access, ...others } = options;
  const recording = await readRecording(file);
  const cpId = options.cpId ?? recording.cpId;
  if (cpId === '') throw new CannotReplay(`${file} names no charge point; give --cp-id`);
  const shiftMs = shiftTimes ? Date.now() - (recording.messages.at(-1)?.at.getTime() ?? 0) : 0;
  const rest = access && new ReplayRest(access.gateway, access.token);
  const asked = <T>(act: () => Promise<T>): Promise<T> =>
    possible(`the REST API at ${access?.gateway ?? ''}`, '--gateway and --token', act);
  const before = rest && (await asked(() => rest.known(cpId)));
  const player = new Player(recording, {
    ...others,
    url,
    cpId,
    shiftMs,
    ...(password !== undefined && { secret: secretOf(password, recording.version) }),
    ...(rest && { command: (...call) => rest.command(...call) }),
  });
  const outcome = await possible(`the gateway at ${url}`, '--url and --password', () => player.play());
  if (!rest || !before) return outcome;
  const idNow = (id: string): string => String(recording.version === '1.6' ? player.ids.now('transactionId', id) : id);
  const rows = await asked(() => rest.compareRows(cpId, recording, { shiftMs, idNow, before }));
  return { ...outcome, rows: rows.compared, differences: [...outcome.differences, ...rows.differences] };
}

async function readRecording(file: string): Promise<Recording> {
  try {
    return recordingOf(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof TraceError || error instanceof BadRecording)
      throw new CannotReplay(`${file}: ${error.message}`);
    throw new CannotReplay(`${file} cannot be read: ${(error as Error).message}; give the file of an export`);
  }
}

/** @throws CannotReplay that names what to look at */
async function possible<T>(what: string, flags: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { message, code = '' } = error as NodeJS.ErrnoException;
    throw new CannotReplay(`${what} cannot be used: ${message || code}; check ${flags}`);
  }
}
