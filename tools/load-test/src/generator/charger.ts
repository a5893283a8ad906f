import { textFrame, type Slot } from '@ocpp-gw/bench';
import type { Acknowledged } from '@ocpp-gw/chaos';
import type { ChargerSpec } from '../plan/fleet.ts';
import type { Kind } from '../plan/mix.ts';
import { recordMs } from '../measure/histogram.ts';
import { Link } from './link.ts';
import { count, type Interval, type Tally } from './tally.ts';
import { TEMPLATES, type Template } from './templates.ts';

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

type What = Kind | 'Boot' | 'End';

interface Job {
  what: What;
  dueAt: number;
  tally: Tally;
  /** Once it was sent, for the first time. */
  sent?: { frame: Buffer; id: string; template: Template; record?: Omit<Acknowledged, 'cpId' | 'samples'> };
  /** Counted as unanswered: what comes of it is no longer measured. */
  abandoned?: boolean;
}

/** In Wh, seven digits: registers are strings in 1.6, without room for spaces. */
const FIRST_REGISTER = 1_000_000;
const WH_BETWEEN_READINGS = 7;
const RETRY_MS = 1_000;

/** One CALL at a time, the next one when it was answered (OCPP-J 4.1.1); messages of transactions are sent until they are answered. */
export class Charger {
  readonly #spec: ChargerSpec;
  readonly #local: number;
  readonly #world: World;
  #link: Link | undefined;
  #open = false;
  #booted = false;
  /** Which of the ws-edges it tries. */
  #place = 0;
  #inFlight: Job | undefined;
  #queue: Job[] = [];
  #ids = 0;
  #register = FIRST_REGISTER;
  #occupied = false;
  #sessions = 0;
  #seqNo = 0;
  /** The running one. */
  #transaction: string | undefined;
  /** Since when it waits for its first answer, and in which phase that began. */
  #away: { since: number; tally: Tally } | undefined;

  /** @param local its number in this process */
  constructor(spec: ChargerSpec, local: number, world: World) {
    this.#spec = spec;
    this.#local = local;
    this.#world = world;
  }

  get charging(): boolean {
    return this.#transaction !== undefined;
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
      job.sent ??= this.#write(job);
      job.tally.sent += 1;
      job.tally.bytes += job.sent.frame.length;
      this.#inFlight = job;
      this.#link?.send(job.sent.frame);
    }
  }

  #write({ what }: Job): NonNullable<Job['sent']> {
    const templates = TEMPLATES[this.#spec.version];
    switch (what) {
      case 'Boot':
        return this.#fill(templates.boot);
      case 'Heartbeat':
        return this.#fill(templates.heartbeat);
      case 'StatusNotification':
        this.#occupied = !this.#occupied && this.#booted;
        return this.#fill(this.#occupied ? templates.occupied : templates.available);
      case 'MeterValues':
        return this.charging ? this.#fill(templates.update, 'updated') : this.#fill(templates.meter);
      case 'Transaction':
      case 'End':
        if (this.charging) return this.#fill(templates.stop, 'ended');
        this.#sessions += 1;
        this.#seqNo = 0;
        return this.#fill(templates.start, 'started');
    }
  }

  #fill(template: Template, kind?: Acknowledged['kind']): NonNullable<Job['sent']> {
    this.#ids += 1;
    // Each reading is one that no other message has.
    this.#register += WH_BETWEEN_READINGS;
    const values: Record<Slot, string> = {
      id: String(this.#ids),
      time: new Date().toISOString(),
      transaction: this.#transaction ?? '',
      register: String(this.#register),
      seqNo: String(this.#seqNo),
      session: this.#session,
    };
    const frame = template.frame.fill(values);
    const id = values.id.padStart(WIDTH_OF_ID, '0');
    const numbered = this.#spec.version === '2.0.1';
    // Of 1.6, readings are not kept one by one.
    if (!kind || (kind === 'updated' && !numbered)) return { frame, id, template };
    const record = {
      kind,
      transactionId: numbered ? this.#session : (this.#transaction ?? ''),
      ...(numbered && { seqNo: this.#seqNo }),
      ...(kind !== 'updated' && { registerWh: this.#register }),
    };
    return { frame, id, template, record };
  }

  /** What a 2.0.1 station calls its transaction. */
  get #session(): string {
    return `${this.#world.run}-${String(this.#spec.index).padStart(6, '0')}-${String(this.#sessions).padStart(5, '0')}`;
  }

  #hear(text: string): void {
    if (text.startsWith('[2,')) return this.#obey(text);
    const job = this.#inFlight;
    if (!job?.sent || !text.startsWith(`"${job.sent.id}"`, ID_AT))
      return count(this.#world.tally.errors, 'an answer to nothing');
    this.#inFlight = undefined;
    if (text.startsWith('[3,')) this.#answered(job, job.sent, text);
    else
      this.#refusedCall(
        job,
        `${job.sent.template.label} ${/"([A-Za-z]+)"/.exec(text.slice(AFTER_ID))?.[1] ?? 'CALLERROR'}`,
      );
    this.#done(job);
    this.#next();
  }

  #answered({ what, dueAt, tally, abandoned }: Job, sent: NonNullable<Job['sent']>, text: string): void {
    const now = this.#world.now();
    if (!abandoned) {
      tally.answer(sent.template.label, now - dueAt);
      this.#world.interval.answer(now - dueAt);
    }
    if (this.#away) {
      recordMs(this.#away.tally.returns, now - this.#away.since);
      this.#away = undefined;
      this.#world.returning -= 1;
    }
    if (what === 'Boot') this.#booted = true;
    if ((what === 'Boot' || sent.record?.kind === 'started') && !text.includes('"Accepted"'))
      count(tally.errors, `${sent.template.label} not Accepted`);
    if (sent.record) this.#keep(sent.record, text);
  }

  /** What was acknowledged has to be found afterwards. */
  #keep(record: NonNullable<NonNullable<Job['sent']>['record']>, text: string): void {
    const transactionId = record.transactionId || (/"transactionId":(\d+)/.exec(text)?.[1] ?? '');
    this.#world.acknowledged({ cpId: this.#spec.identity, ...record, transactionId, samples: [] });
    this.#seqNo += 1;
    if (record.kind === 'started') this.#transaction = transactionId;
    if (record.kind === 'ended') this.#transaction = undefined;
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

const WIDTH_OF_ID = 10;
/** Behind `[3,`. */
const ID_AT = 3;
const AFTER_ID = ID_AT + WIDTH_OF_ID + 2;
