import type { Logger } from './logger.ts';

interface DrainStep {
  name: string;
  deadlineMs: number;
  run: () => Promise<void>;
}

/** What happens between SIGTERM and exit: named steps, in the order they were added, each with a deadline. */
export class Drain {
  private readonly steps: DrainStep[] = [];
  private running?: Promise<void>;

  constructor(private readonly logger: Logger) {}

  step(name: string, deadlineMs: number, run: () => Promise<void>): void {
    this.steps.push({ name, deadlineMs, run });
  }

  /** Runs every step once, whatever happens to the ones before. Never rejects. */
  run(): Promise<void> {
    return (this.running ??= this.runAll());
  }

  private async runAll(): Promise<void> {
    for (const step of this.steps) {
      const startedAt = performance.now();
      const outcome = await withDeadline(step);
      const fields = { step: step.name, durationMs: Math.round(performance.now() - startedAt) };
      if (outcome === 'done') this.logger.info('drain step done', fields);
      else if (outcome === 'late') this.logger.warn('drain step missed its deadline', fields);
      else this.logger.error('drain step failed', { ...fields, err: outcome.error });
    }
  }
}

async function withDeadline(step: DrainStep): Promise<'done' | 'late' | { error: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), step.deadlineMs);
  });
  const run = Promise.resolve()
    .then(() => step.run())
    .then(
      () => 'done' as const,
      (error: unknown) => ({ error }),
    );
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
}
