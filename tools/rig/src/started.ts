interface Stoppable {
  stop(): Promise<unknown>;
}

/** What was started, so that it is stopped in the reverse order, also when something after it cannot start. */
export class Started {
  readonly #ends: (() => Promise<unknown>)[] = [];

  onStop(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  async keep<T extends Stoppable>(starting: T | Promise<T>): Promise<T> {
    const one = await starting;
    this.onStop(() => one.stop());
    return one;
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0).toReversed()) await end();
  }
}

/** Starts everything, or leaves nothing behind. */
export async function startTogether<T extends object>(
  start: (started: Started) => Promise<T>,
): Promise<T & { stop(): Promise<void> }> {
  const started = new Started();
  try {
    return Object.assign(await start(started), { stop: () => started.stop() });
  } catch (error) {
    await started.stop();
    throw error;
  }
}
