/**
 * One timer for all: items are numbers from 0, each is due once at a time. Setting and firing cost the same however many there are.
 * Times are milliseconds of one clock that only grows.
 */
export class TimerWheel {
  readonly #due: Float64Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** First item of each slot; its `previous` is the slot itself, as a negative number. */
  readonly #heads: Int32Array;
  /** Slots before it have been fired. */
  #turned: number;

  constructor(items: number, nowMs: number, slots = 65_536) {
    this.#due = new Float64Array(items).fill(NaN);
    this.#next = new Int32Array(items).fill(NONE);
    this.#previous = new Int32Array(items).fill(NONE);
    this.#heads = new Int32Array(slots).fill(NONE);
    this.#turned = Math.floor(nowMs);
  }

  /** Instead of when it was due before. A time that is over fires at the next turn. */
  set(item: number, dueMs: number): void {
    this.clear(item);
    const slot = Math.max(Math.floor(dueMs), this.#turned) % this.#heads.length;
    const head = this.#heads[slot] ?? NONE;
    this.#due[item] = dueMs;
    this.#next[item] = head;
    this.#previous[item] = -2 - slot;
    if (head !== NONE) this.#previous[head] = item;
    this.#heads[slot] = item;
  }

  clear(item: number): void {
    if (Number.isNaN(this.#due[item])) return;
    const next = this.#next[item] ?? NONE;
    const previous = this.#previous[item] ?? NONE;
    if (previous <= -2) this.#heads[-2 - previous] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#due[item] = NaN;
  }

  /** For how many milliseconds from the last turn on nothing can be due, `longest` at most. */
  quietFor(longest: number): number {
    for (let n = 0; n < longest; n += 1) if (this.#heads[(this.#turned + n) % this.#heads.length] !== NONE) return n;
    return longest;
  }

  /** Fires what is due by now; what `fire` sets for now or before comes at the next turn. */
  turn(nowMs: number, fire: (item: number, dueMs: number) => void): void {
    const until = Math.floor(nowMs);
    const slots = Math.min(until - this.#turned + 1, this.#heads.length);
    const fired: number[] = [];
    for (let n = 0; n < slots; n += 1) {
      let item = this.#heads[(this.#turned + n) % this.#heads.length] ?? NONE;
      for (; item !== NONE; item = this.#next[item] ?? NONE) if ((this.#due[item] ?? NaN) <= nowMs) fired.push(item);
    }
    this.#turned = Math.max(this.#turned, until);
    for (const item of fired) {
      const due = this.#due[item] ?? NaN;
      if (!(due <= nowMs)) continue;
      this.clear(item);
      fire(item, due);
    }
  }
}

const NONE = -1;
