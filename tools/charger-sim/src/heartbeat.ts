/** Calls `beat` once in each interval. */
export class Heartbeat {
  readonly #beat: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(beat: () => void) {
    this.#beat = beat;
  }

  /** From now on; never, at an interval of 0. */
  every(ms: number): void {
    this.stop();
    if (ms > 0) this.#timer = setInterval(this.#beat, ms);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
