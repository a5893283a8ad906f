import { randomUUID } from 'node:crypto';
import type { Payload, Sending } from '../message.ts';
import { speaks } from './catalogue.ts';
import { type Hidden, type Misbehaviour, type Script, type Step, type Version, send } from './misbehaviour.ts';

/** What one charger makes of the specification: its misbehaviours, one behind the other. */
export class Manners<Message extends Sending = Sending> {
  readonly names: readonly string[];
  readonly idleWh: number;
  readonly resetsRegister: boolean;
  /** How long a connection lives, ms; undefined: until something ends it. */
  readonly connectionMs: number | undefined;
  /** Between two heartbeats, ms; undefined: as the CSMS says. */
  readonly heartbeatMs: number | undefined;
  readonly silent: boolean;
  readonly pathSuffix: string;
  readonly #all: readonly Misbehaviour[];
  readonly #version: Version;
  readonly #scripts: readonly Script<Message>[];
  readonly #applies: (session: number) => boolean;
  #calls = 0;

  /**
   * Those of another version are left out. `applies` says in which sessions the messages come in another order or number; what concerns
   * clock, meter, fields and frames holds always.
   */
  constructor(
    misbehaviours: readonly Misbehaviour[],
    version: Version,
    applies: (session: number) => boolean = () => true,
  ) {
    this.#version = version;
    this.#applies = applies;
    const all = misbehaviours.filter((each) => speaks(each, version));
    this.#all = all;
    this.names = all.map(({ name }) => name);
    this.idleWh = all.reduce((sum, { idleWh = 0 }) => sum + idleWh, 0);
    this.resetsRegister = all.some(({ resetsRegister }) => resetsRegister);
    this.connectionMs = all.find(({ connectionMs }) => connectionMs !== undefined)?.connectionMs;
    this.heartbeatMs = all.find(({ heartbeatMs }) => heartbeatMs !== undefined)?.heartbeatMs;
    this.silent = all.some(({ silent }) => silent);
    this.pathSuffix = all.map(({ pathSuffix = '' }) => pathSuffix).join('');
    this.#scripts = all.flatMap(({ script }) => (script ? [script<Message>(version)] : []));
  }

  /** What may end up unknown of a session. */
  hidesIn(session: number): Hidden[] {
    const active = this.#all.filter(({ script }) => !script || this.#applies(session));
    return [...new Set(active.flatMap(({ hides = [] }) => hides))];
  }

  /** What the charger does where the specification says: send this message. */
  steps(message: Message): Step<Message>[] {
    if (!this.#applies(message.session)) return [send(message)];
    return this.#scripts.reduce<Step<Message>[]>(
      (steps, script) =>
        steps.flatMap((step) => (step.kind === 'send' && !step.message.repeats ? script(step.message) : [step])),
      [send(message)],
    );
  }

  payload(payload: Payload, action: string): Payload {
    const about = { action, version: this.#version };
    return this.#all.reduce((changed, each) => each.payload?.(changed, about) ?? changed, payload);
  }

  /** @throws CallError to be answered with a CALLERROR */
  answer(payload: Payload, action: string): Payload {
    return this.#all.reduce((changed, each) => each.answer?.(changed, action) ?? changed, payload);
  }

  frame(text: string): string {
    return this.#all.reduce((changed, each) => each.frame?.(changed) ?? changed, text);
  }

  messageId(): string | number {
    this.#calls += 1;
    const own = this.#all.find(({ messageId }) => messageId);
    return own?.messageId?.(this.#calls) ?? randomUUID();
  }

  /** The charger boots: what counts from the boot begins again. */
  boots(): void {
    this.#calls = 0;
  }

  clock(now: Date, bootedAt: Date): Date {
    return this.#all.reduce((shown, each) => each.clock?.(now, bootedAt) ?? shown, now);
  }
}
