import { availableParallelism } from 'node:os';

/** Runs `work` on all, as many at once as there are processors; the results are in the order of `all`. */
export async function inParallel<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = all.entries();
  const worker = async (): Promise<void> => {
    for (const [index, one] of entries) results[index] = await work(one);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
