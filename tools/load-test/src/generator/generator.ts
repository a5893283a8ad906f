import type { Acknowledged } from '@ocpp-gw/chaos';
import { seededNumbers } from '@ocpp-gw/charger-sim';
import { recordMs } from '../measure/histogram.ts';
import { specOf } from '../plan/fleet.ts';
import { pick } from '../plan/mix.ts';
import type { Phase } from '../plan/phases.ts';
import { comesBackAfter, connectsAt, endsAt, gap, meanGap } from '../plan/schedule.ts';
import { Charger, type World } from './charger.ts';
import type { GeneratorOptions } from './protocol.ts';
import { Interval, Tally, type IntervalRecord, type TallyRecord } from './tally.ts';
import { TimerWheel } from './wheel.ts';

/** The clock sleeps while nothing is due, but not longer than this. */
const LONGEST_SLEEP_MS = 20;
const SECOND_MS = 1000;
/** How long what was planned may take after the last message was planned. */
const LONGEST_WAIT_MS = 60_000;
/** Until ten thousands are connected through an admission of 200 a second, and more. */
const LONGEST_BOOT_MS = 600_000;

/** The chargers of one process. */
export class Generator {
  readonly #options: GeneratorOptions;
  readonly #chargers: readonly Charger[];
  readonly #acknowledged: Acknowledged[] = [];
  readonly #random: () => number;
  readonly #world: World;
  /** The first half is when a charger sends, the second when it connects. */
  readonly #wheel: TimerWheel;
  readonly #clock: NodeJS.Timeout;
  #timer: NodeJS.Timeout;
  #wakesAt = 0;
  #phase: { phase: Phase; startAt: number; done: () => void } | undefined;

  /** @param report gets every second of the process */
  constructor(options: GeneratorOptions, report: (interval: IntervalRecord) => void) {
    this.#options = options;
    const { fleet, range, seed, run } = options;
    this.#random = seededNumbers(seed + range.from);
    const size = range.to - range.from;
    this.#wheel = new TimerWheel(2 * size, now());
    this.#world = {
      tally: new Tally(),
      interval: new Interval(),
      losing: false,
      waiting: 0,
      connected: 0,
      returning: 0,
      run,
      now,
      random: this.#random,
      connectAt: (charger, dueMs) => this.#set(size + charger, dueMs),
      comesBackAfter: () => comesBackAfter(fleet.chargers, this.#random()),
      acknowledged: (message) => void this.#acknowledged.push(message),
    };
    this.#chargers = Array.from(
      { length: size },
      (_, local) => new Charger(specOf(range.from + local, fleet), local, this.#world),
    );
    this.#timer = setTimeout(() => this.#turn());
    this.#clock = setInterval(() => {
      const { connected, waiting, interval } = this.#world;
      report(interval.take({ connected, waiting }));
    }, SECOND_MS);
  }

  /** What chargers saw acknowledged, each in its order. */
  get acknowledged(): readonly Acknowledged[] {
    return this.#acknowledged;
  }

  /** Resolves when all that was planned is answered and everybody is back, or was waited for long enough. */
  async run(phase: Phase, startAt: number): Promise<TallyRecord> {
    const tally = new Tally();
    this.#world.tally = tally;
    this.#world.losing = phase.event === 'cut' || phase.event === 'kill';
    this.#begin(phase, startAt);
    await new Promise<void>((resolve) => (this.#phase = { phase, startAt, done: resolve }));
    return tally.record();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
    for (const charger of this.#chargers) charger.stop();
  }

  #begin(phase: Phase, startAt: number): void {
    const { fleet, range } = this.#options;
    const mean = meanGap(phase, fleet.chargers);
    this.#chargers.forEach((charger, local) => {
      const index = range.from + local;
      if (mean !== undefined) this.#set(local, startAt + this.#random() * mean);
      if (phase.event === 'connect') {
        charger.leave(startAt);
        this.#world.connectAt(local, startAt + connectsAt(index));
      }
      if (phase.event === 'end') this.#set(local, startAt + endsAt(phase, fleet.chargers, index));
      // Every other one, of both versions and of every ws-edge.
      if (phase.event === 'cut' && (index >> 2) % 2 === 1) charger.cut();
    });
  }

  #turn(): void {
    this.#wheel.turn(now(), (item, dueAt) => this.#fire(item, dueAt));
    this.#end();
    this.#sleep(this.#wheel.quietFor(LONGEST_SLEEP_MS));
  }

  #set(item: number, dueMs: number): void {
    this.#wheel.set(item, dueMs);
    if (dueMs < this.#wakesAt) this.#sleep(dueMs - now());
  }

  #sleep(ms: number): void {
    clearTimeout(this.#timer);
    this.#wakesAt = now() + ms;
    this.#timer = setTimeout(() => this.#turn(), ms);
  }

  #fire(item: number, dueAt: number): void {
    recordMs(this.#world.tally.lag, Math.max(0, now() - dueAt));
    const size = this.#chargers.length;
    if (item >= size) this.#chargers[item - size]?.connect(dueAt);
    else this.#send(item, dueAt);
  }

  #send(item: number, dueAt: number): void {
    const charger = this.#chargers[item];
    if (!charger || !this.#phase) return;
    const { phase, startAt } = this.#phase;
    if (phase.event === 'end') {
      if (charger.charging) charger.plan('End', dueAt);
      return;
    }
    const end = startAt + phase.seconds * 1000;
    const mean = meanGap(phase, this.#options.fleet.chargers);
    if (mean === undefined || dueAt >= end) return;
    charger.plan(pick(phase.mix, this.#random()), dueAt);
    this.#set(item, dueAt + gap(mean, this.#random()));
  }

  #end(): void {
    if (!this.#phase) return;
    const { phase, startAt, done } = this.#phase;
    const over = now() - (startAt + phase.seconds * 1000);
    if (over < 0) return;
    const { waiting, returning } = this.#world;
    const longest = phase.event === 'connect' ? LONGEST_BOOT_MS : LONGEST_WAIT_MS;
    if ((waiting > 0 || returning > 0) && over < longest) return;
    if (waiting > 0) for (const charger of this.#chargers) charger.giveUp();
    this.#phase = undefined;
    done();
  }
}

/** Unix milliseconds of a clock that only grows. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
