import { textFrame } from '@ocpp-gw/bench';
import type { Acknowledged } from '@ocpp-gw/chaos';
import type { ChargerSpec } from '../plan/fleet.ts';
import { recordMs } from '../measure/histogram.ts';
import { CallWriter, ID_WIDTH, type What, type WrittenCall } from './call-writer.ts';
import { Link } from './link.ts';
import { count, type Interval, type Tally } from './tally.ts';

/** What a charger shares with all others of its process. */
export interface World {
  /** Of the phase that runs. */
  tally: Tally;
  interval: Interval;
  /** Whether connections end in this phase because the phase wants it. */
  losing: boolean;
  /** Messages that are planned and not answered. */
  waiting: number;
  connected: number;
  /** Chargers that have not had an answer since they were to connect, or lost their connection. */
  returning: number;
  /** Tells the transactions of this run from those of others. */
  run: string;
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** `charger` is to connect then. */
  connectAt(charger: number, dueMs: number): void;
  /** How long after it lost its connection a charger comes back. */
  comesBackAfter(): number;
  acknowledged(message: Acknowledged): void;
}

interface Job {
  what: What;
  dueAt: number;
  tally: Tally;
  /** Once it was sent, for the first time. */
  sent?: WrittenCall;
  /** Counted as unanswered: what comes of it is no longer measured. */
  abandoned?: boolean;
}

const RETRY_MS = 1_000;

/** One CALL at a time, the next one when it was answered (OCPP-J 4.1.1); messages of transactions are sent until they are answered. */
export class Charger {
  readonly #spec: ChargerSpec;
  readonly #local: number;
  readonly #world: World;
  readonly #writer: CallWriter;
  #link: Link | undefined;
  #open = false;
  #booted = false;
  /** Which of the ws-edges it tries. */
  #place = 0;
  #inFlight: Job | undefined;
  #queue: Job[] = [];
  /** Since when it waits for its first answer, and in which phase that began. */
  #away: { since: number; tally: Tally } | undefined;

  /** @param local its number in this process */
  constructor(spec: ChargerSpec, local: number, world: World) {
    this.#spec = spec;
    this.#local = local;
    this.#world = world;
    this.#writer = new CallWriter(spec, world.run);
  }

  get charging(): boolean {
    return this.#writer.charging;
  }

  /** It has no connection, and is to have one. */
  leave(since: number): void {
    if (this.#away) return;
    const { tally } = this.#world;
    tally.away += 1;
    this.#world.returning += 1;
    this.#away = { since, tally };
  }

  connect(dueAt: number): void {
    if (this.#link) return;
    const { urls, identity, version, source } = this.#spec;
    const url = urls[this.#place % urls.length] ?? '';
    const { tally } = this.#world;
    this.#link = new Link(
      { url, identity, version, source },
      {
        opened: () => {
          recordMs(tally.connects, this.#world.now() - dueAt);
          this.#opened();
        },
        refused: (how, answer) => this.#refused(how, answer),
        text: (text) => this.#hear(text),
        closed: (how) => this.#lost(how),
      },
    );
  }

  /** Its cable is cut; it comes back by itself. */
  cut(): void {
    this.#drop('cut');
  }

  plan(what: What, dueAt: number): void {
    this.#queue.push(this.#job(what, dueAt));
    this.#next();
  }

  /** Gives up what has not been answered, and begins anew with another connection. */
  giveUp(): void {
    const jobs = [...(this.#inFlight ? [this.#inFlight] : []), ...this.#queue];
    const open = jobs.filter(({ abandoned }) => abandoned !== true);
    if (open.length === 0) return;
    for (const job of open) {
      job.abandoned = true;
      job.tally.unanswered += 1;
      this.#world.waiting -= 1;
    }
    this.#queue = this.#queue.filter(({ sent }) => sent);
    this.#drop('given up');
  }

  stop(): void {
    this.#link?.destroy();
  }

  #drop(why: string): void {
    if (!this.#open) return;
    this.#link?.destroy();
    this.#lost(why);
  }

  #job(what: What, dueAt: number): Job {
    const { tally, interval } = this.#world;
    tally.planned += 1;
    interval.planned += 1;
    this.#world.waiting += 1;
    return { what, dueAt, tally };
  }

  #opened(): void {
    const now = this.#world.now();
    this.#open = true;
    this.#world.connected += 1;
    // A status is what OCPP asks of a station that was away; it goes before what waited.
    const greeting: What[] = this.#booted ? ['StatusNotification'] : ['Boot', 'StatusNotification'];
    this.#queue.unshift(...greeting.map((what) => this.#job(what, now)));
    this.#next();
  }

  #refused(how: string, answer?: { retryAfterMs: number | undefined }): void {
    this.#link = undefined;
    count(this.#world.tally.refused, how);
    const now = this.#world.now();
    // Nobody is there: as a load balancer would, it goes to the next one at once.
    if (!answer) this.#place += 1;
    const triesNext = !answer && this.#place % this.#spec.urls.length !== 0;
    const wait = (answer?.retryAfterMs ?? RETRY_MS / 2) + this.#world.random() * RETRY_MS;
    this.#world.connectAt(this.#local, triesNext ? now : now + wait);
  }

  #lost(how: string): void {
    const { tally, losing } = this.#world;
    const now = this.#world.now();
    this.#link = undefined;
    this.#open = false;
    this.#world.connected -= 1;
    if (!losing) count(tally.closed, how);
    const job = this.#inFlight;
    this.#inFlight = undefined;
    // What a bill needs is sent again, under the same message id; chatter is not.
    if (job?.sent?.record) this.#queue.unshift(job);
    else if (job) {
      if (!job.abandoned) job.tally.cutOff += 1;
      this.#done(job);
    }
    this.leave(now);
    this.#world.connectAt(this.#local, now + this.#world.comesBackAfter());
  }

  #next(): void {
    if (!this.#open) return;
    while (!this.#inFlight) {
      const job = this.#queue.shift();
      if (!job) return;
      // One that was given up has ended meanwhile: nothing is left to end.
      if (job.what === 'End' && !this.charging) {
        job.tally.planned -= 1;
        this.#done(job);
        continue;
      }
      job.sent ??= this.#writer.write(job.what, this.#booted);
      job.tally.sent += 1;
      job.tally.bytes += job.sent.frame.length;
      this.#inFlight = job;
      this.#link?.send(job.sent.frame);
    }
  }

  #hear(text: string): void {
    if (text.startsWith('[2,')) return this.#obey(text);
    const job = this.#inFlight;
    if (!job?.sent || !text.startsWith(`"${job.sent.id}"`, ID_AT))
      return count(this.#world.tally.errors, 'an answer to nothing');
    this.#inFlight = undefined;
    if (text.startsWith('[3,')) this.#answered(job, job.sent, text);
    else this.#refusedCall(job, `${job.sent.label} ${/"([A-Za-z]+)"/.exec(text.slice(AFTER_ID))?.[1] ?? 'CALLERROR'}`);
    this.#done(job);
    this.#next();
  }

  #answered({ what, dueAt, tally, abandoned }: Job, sent: WrittenCall, text: string): void {
    const now = this.#world.now();
    if (!abandoned) {
      tally.answer(sent.label, now - dueAt);
      this.#world.interval.answer(now - dueAt);
    }
    if (this.#away) {
      recordMs(this.#away.tally.returns, now - this.#away.since);
      this.#away = undefined;
      this.#world.returning -= 1;
    }
    if (what === 'Boot') this.#booted = true;
    if ((what === 'Boot' || sent.record?.kind === 'started') && !text.includes('"Accepted"'))
      count(tally.errors, `${sent.label} not Accepted`);
    if (sent.record) this.#world.acknowledged(this.#writer.acknowledge(sent.record, text));
  }

  #refusedCall({ what, tally }: Job, error: string): void {
    count(tally.errors, error);
    this.#world.interval.errors += 1;
    // It boots again, later.
    if (what === 'Boot') this.#drop('boot refused');
  }

  #done(job: Job): void {
    if (!job.abandoned) this.#world.waiting -= 1;
  }

  /** Takes every command. */
  #obey(text: string): void {
    const [, id] = JSON.parse(text) as [number, string];
    this.#world.tally.commands += 1;
    this.#link?.send(textFrame(`[3,${JSON.stringify(id)},{"status":"Accepted"}]`));
  }
}

/** Behind `[3,`. */
const ID_AT = 3;
const AFTER_ID = ID_AT + ID_WIDTH + 2;
