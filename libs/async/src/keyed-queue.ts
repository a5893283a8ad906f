/** Lets work of one key run one after another, in the order in which it came; keys do not wait for each other. */
export class KeyedQueue<Key = string> {
  private readonly tails = new Map<Key, Promise<unknown>>();

  /** Settles as the work does; work that fails holds up nothing behind it. */
  run<Result>(key: Key, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const turn = before ? before.then(work, work) : work();
    this.tails.set(key, turn);
    const left = (): void => {
      if (this.tails.get(key) === turn) this.tails.delete(key);
    };
    turn.then(left, left);
    return turn;
  }

  /** Resolves when nothing waits or runs, whatever comes meanwhile included. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.allSettled(this.tails.values());
  }
}
