/** Lets work of one key run one after another, in the order in which it came; keys do not wait for each other. */
export class Turns {
  private readonly tails = new Map<string, Promise<unknown>>();

  take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const turn = before ? before.then(work, work) : work();
    this.tails.set(key, turn);
    const left = (): void => {
      if (this.tails.get(key) === turn) this.tails.delete(key);
    };
    turn.then(left, left);
    return turn;
  }
}
