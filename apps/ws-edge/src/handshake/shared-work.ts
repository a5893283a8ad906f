interface Job<R> {
  result: Promise<R>;
  abort: AbortController;
  /** How many callers still wait for it. */
  wanted: number;
}

/** Work that is done once while several callers wait for it. It is aborted when nobody waits for it any more. */
export class SharedWork<R> {
  private readonly jobs = new Map<string, Job<R>>();

  /** Returns null when no work with this key is running. */
  join(key: string, signal: AbortSignal): Promise<R> | null {
    const job = this.jobs.get(key);
    return job && !job.abort.signal.aborted ? this.wait(job, signal) : null;
  }

  begin(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
    const abort = new AbortController();
    const job: Job<R> = { abort, wanted: 0, result: Promise.resolve().then(() => work(abort.signal)) };
    this.jobs.set(key, job);
    const forget = (): void => {
      if (this.jobs.get(key) === job) this.jobs.delete(key);
    };
    job.result.then(forget, forget);
    return this.wait(job, signal);
  }

  private wait(job: Job<R>, signal: AbortSignal): Promise<R> {
    const leave = (): void => {
      job.wanted -= 1;
      if (job.wanted === 0) job.abort.abort();
    };
    job.wanted += 1;
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return job.result.finally(() => signal.removeEventListener('abort', leave));
  }
}
