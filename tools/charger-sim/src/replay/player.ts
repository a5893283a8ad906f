import { setTimeout as sleep } from 'node:timers/promises';
import { payloadOf } from '@ocpp-gw/conversation';
import { Connection } from '../connection.ts';
import { CallError } from '../errors.ts';
import type { Payload, Reply } from '../message.ts';
import { type Answer, answerOfError, compareAnswers, recordedAnswer, shown } from './answers.ts';
import { type Comparison, compare } from './compare.ts';
import { type Came, GatewayCalls } from './gateway-calls.ts';
import { GivenIds } from './given-ids.ts';
import type { Compared, Difference, Outcome } from './outcome.ts';
import { isWhole, type Recording, type Step } from './recording.ts';
import { type Changes, frameToSend, rewritten } from './rewrite.ts';

export interface PlayOptions {
  /** ws:// or wss://, without the identity. */
  url: string;
  cpId: string;
  secret?: string | Buffer;
  callTimeoutMs: number;
  /** How long a CALL of the gateway is waited for before it is taken for one of an operator. */
  waitMs: number;
  /** Times the recorded speed; undefined: as fast as the answers come. */
  speed?: number;
  /** What is added to times, ms. */
  shiftMs: number;
  /** Has the gateway send a CALL; undefined without access to REST. @throws GatewayProblem */
  command?: (cpId: string, action: string, payload: Payload) => Promise<unknown>;
  /** Gets each CALL of the charge point with its answers. */
  log?: (compared: Compared) => void;
}

/** A longer pause of the recording is not waited for. */
export const LONGEST_PAUSE_MS = 60_000;

const NO_ACCESS = 'the gateway did not send it by itself; with --gateway and --token the simulator has it sent again';
/** Written by the gateway in the place of a secret. */
const REDACTED = '[redacted]';

/** Why a CALL cannot be sent again; undefined where it can. */
function whyNotAgain(step: Step, payload: Payload): string | undefined {
  if (!isWhole(step)) return 'its text was cut when it was recorded';
  const isRedacted = JSON.stringify(payload).includes(REDACTED);
  return isRedacted ? 'a secret in it was not recorded; send it by hand' : undefined;
}

/** Plays a recording as its charge point, and compares what comes back. */
export class Player {
  readonly ids = new GivenIds();
  readonly outcome: Outcome;
  readonly #recording: Recording;
  readonly #options: PlayOptions;
  readonly #changes: Changes;
  readonly #calls: GatewayCalls;
  #connection: Connection | null = null;
  readonly #seen = new Set<string>();

  constructor(recording: Recording, options: PlayOptions) {
    this.#recording = recording;
    this.#options = options;
    this.#changes = { version: recording.version, ids: this.ids, shiftMs: options.shiftMs };
    this.#calls = new GatewayCalls(recording.steps);
    this.outcome = {
      cpId: options.cpId,
      version: recording.version,
      answers: [],
      differences: [],
      byRule: [],
      gatewayCalls: { came: 0, sentAgain: 0 },
      notReplayed: [],
      rows: null,
    };
  }

  /** @throws HandshakeRefusedError, or the socket's error, where the first connection cannot be made */
  async play(): Promise<Outcome> {
    let [dueAt, before] = [performance.now(), this.#recording.steps[0]];
    for (const step of this.#recording.steps) {
      dueAt += this.#pauseMs(before, step);
      before = step;
      if (dueAt > performance.now()) await sleep(dueAt - performance.now());
      if (!(await this.#connectFor(step))) break;
      if (step.exchange.call.message.direction === 'in') await this.#send(step);
      else await this.#await(step);
    }
    // What the last message leads to.
    await sleep(this.#options.waitMs);
    await this.#disconnect();
    this.outcome.gatewayCalls.came = this.#calls.came.length;
    return this.outcome;
  }

  #pauseMs(before: Step | undefined, { exchange }: Step): number {
    const { speed } = this.#options;
    if (speed === undefined || !before) return 0;
    const recordedMs = exchange.call.message.at.getTime() - before.exchange.call.message.at.getTime();
    return Math.min(Math.max(0, recordedMs) / speed, LONGEST_PAUSE_MS);
  }

  /** False where the gateway does not let the charge point connect again. */
  async #connectFor(step: Step): Promise<boolean> {
    const { connectionId } = step.exchange.call.message;
    const isNew = !this.#seen.has(connectionId);
    const isLost = this.#connection !== null && !this.#connection.isOpen;
    if (this.#connection && !isNew && !isLost) return true;
    if (isLost && !isNew)
      this.#differs({ kind: 'connection', about: 'connection', recorded: 'open', now: await this.#closing() }, step);
    const isFirst = this.#connection === null;
    await this.#disconnect();
    this.#seen.add(connectionId);
    try {
      await this.#connect();
      return true;
    } catch (error) {
      if (isFirst) throw error;
      const now = (error as Error).message;
      this.#differs({ kind: 'connection', about: 'handshake', recorded: 'accepted', now }, step);
      return false;
    }
  }

  async #closing(): Promise<string> {
    const { code, reason } = (await this.#connection?.closed) ?? { code: 1006, reason: '' };
    return `closed with ${code} ${reason}`.trimEnd();
  }

  async #connect(): Promise<void> {
    const { url, cpId, secret, callTimeoutMs } = this.#options;
    this.#connection = await Connection.open(
      {
        url,
        cpId,
        subprotocol: `ocpp${this.#recording.version}`,
        handshakeTimeoutMs: callTimeoutMs,
        pathSuffix: '',
        ...(secret !== undefined && { secret }),
      },
      // Frames are those of the recording.
      { messageId: () => '', frame: (text) => text },
      (action, payload) => this.#answer(action, payload),
    );
  }

  async #disconnect(): Promise<void> {
    this.#connection?.close();
    await this.#connection?.closed;
  }

  async #send(step: Step): Promise<void> {
    const { exchange, frame } = step;
    const { message } = exchange.call;
    const { action } = message;
    if (!isWhole(step)) {
      this.outcome.notReplayed.push({ frame, action, why: 'its text was cut when it was recorded' });
      return;
    }
    const { id, text } = frameToSend(message, this.#changes);
    const now: Answer = await (this.#connection as Connection)
      .send({ id, action, text, timeoutMs: this.#options.callTimeoutMs })
      .then((payload): Answer => ({ is: 'result', payload }), answerOfError);
    const recorded = recordedAnswer(exchange);
    // Whatever was answered after the last recorded frame was not recorded.
    const isOpen = step.isLast && recorded.is === 'none';
    const context = { version: this.#recording.version, action, ids: this.ids };
    const comparison = isOpen ? { differences: [], byRule: [] } : compareAnswers(recorded, now, context);
    const agrees = comparison.differences.length === 0;
    const compared = { frame, action, recorded: shown(recorded), now: shown(now), agrees };
    this.outcome.answers.push(compared);
    this.#options.log?.(compared);
    this.#add('answer', action, comparison, step);
  }

  /** Waits for a CALL of the gateway, and has it sent again where it does not come by itself. */
  async #await(step: Step): Promise<void> {
    const { cpId, waitMs, callTimeoutMs, command } = this.#options;
    if (await this.#calls.comes(step, waitMs)) return;
    const { frame, exchange } = step;
    const { action } = exchange.call.message;
    const recorded = payloadOf(exchange.call.message);
    const reason = command ? whyNotAgain(step, recorded) : NO_ACCESS;
    if (!command || reason !== undefined) {
      this.#calls.giveUp(step);
      this.outcome.notReplayed.push({ frame, action, why: reason ?? NO_ACCESS });
      return;
    }
    let why = 'it did not come';
    const refused = command(cpId, action, rewritten(recorded, action, this.#changes)).catch((error: Error) => {
      why = error.message;
    });
    // A command that is refused sends nothing; one that is not ends only when the charge point has answered.
    await Promise.race([this.#calls.comes(step, callTimeoutMs), refused]);
    if (await this.#calls.comes(step, 0)) {
      this.outcome.gatewayCalls.sentAgain += 1;
      return;
    }
    this.#calls.giveUp(step);
    this.#differs({ kind: 'missing-call', about: action, recorded, now: why }, step);
  }

  /** Answers a CALL of the gateway as the charge point answered it when it was recorded. */
  async #answer(action: string, payload: Payload): Promise<Reply> {
    const came: Came = this.#calls.take(action, payload);
    const { step } = came;
    if (!step) {
      this.#differs({ kind: 'additional-call', about: action, recorded: undefined, now: payload });
      throw new CallError('NotSupported', 'the recording has no answer to this CALL');
    }
    const { call, answer } = step.exchange;
    const context = { version: this.#recording.version, action, ids: this.ids };
    this.#add('gateway-call', action, compare(payloadOf(call.message), payload, context), step);
    const recorded = recordedAnswer(step.exchange);
    const { speed } = this.#options;
    const latencyMs = answer ? answer.message.at.getTime() - call.message.at.getTime() : 0;
    if (speed !== undefined) await sleep(Math.min(latencyMs / speed, LONGEST_PAUSE_MS));
    if (recorded.is === 'error') throw new CallError(recorded.code, recorded.description);
    if (recorded.is === 'none') return new Promise(() => undefined);
    return { payload: rewritten(recorded.payload as Payload, action, this.#changes) };
  }

  #add(kind: Difference['kind'], about: string, { differences, byRule }: Comparison, step: Step): void {
    for (const each of differences) this.#differs({ kind, about, ...each }, step);
    this.outcome.byRule.push(...byRule.map((each) => ({ ...each, about })));
  }

  #differs(difference: Omit<Difference, 'frame' | 'at'> & { at?: string }, step?: Step): void {
    this.outcome.differences.push({ at: '', ...difference, ...(step && { frame: step.frame }) });
  }
}
