import type { BulkCommands, BulkItemEnd, BulkItemRecord, BulkRecord, Commands } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { setTimeout as delay } from 'node:timers/promises';
import { problemFromError } from '../problems/from-error.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { definitionOf } from './definitions.ts';
import type { TypedCommands } from './typed-commands.ts';

/** A pod that has not renewed its lease for so long is taken for dead. */
const LEASE_S = 15;
const RENEW_MS = 1_000;
const LOOK_MS = 1_000;
const ITEMS = 100;
const AGAIN_MS = 1_000;
/** Commands under way at once, whatever the rate: each waits for its charge point. */
const MAX_RUNNING = 200;

export interface BulkRunnerParts {
  bulks: Pick<BulkCommands, 'claim' | 'renew' | 'items' | 'settle' | 'end' | 'get'>;
  commands: Pick<Commands, 'get'>;
  typed: Pick<TypedCommands, 'start'>;
  logger: Logger;
}

/**
 * Runs bulk commands, one at a time in each pod. Each command has an idempotency key made of the bulk command and its
 * charge point, so a pod that goes on after another was killed sends nothing twice.
 */
export class BulkRunner {
  private readonly parts: BulkRunnerParts;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(parts: BulkRunnerParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = this.loop();
  }

  /** Resolves when nothing new is sent any more; another pod goes on. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const bulk = await this.parts.bulks.claim(LEASE_S);
        if (bulk) await this.run(bulk);
      } catch (err) {
        this.parts.logger.warn('bulk commands could not go on', { err });
      }
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Until all its items have ended, too many failed, somebody cancelled it, or this pod stops. */
  async run(bulk: BulkRecord): Promise<void> {
    const { bulks } = this.parts;
    const { bulkId, maxFailures } = bulk;
    const pace = new Pace(bulk.ratePerS);
    const lease = new LeaseOf(() => bulks.renew(bulkId, LEASE_S));
    const underWay = new Set<Promise<void>>();
    let failures = failuresIn(bulk);
    const tooMany = (): boolean => maxFailures !== null && failures > maxFailures;
    try {
      for await (const item of this.waiting(bulkId)) {
        await pace.next(this.stopping.signal);
        if (underWay.size >= MAX_RUNNING) await Promise.race(underWay);
        if (this.stopping.signal.aborted || lease.isLost || tooMany()) break;
        const ended = this.carryOut(bulk, item).then((end) => {
          if (end.state !== 'accepted') failures += 1;
          return bulks.settle(bulkId, item.position, end);
        });
        const settled = ended.catch((err: unknown) => {
          this.parts.logger.warn('the end of a bulk command could not be written', { bulkId, cpId: item.cpId, err });
        });
        underWay.add(settled);
        void settled.finally(() => underWay.delete(settled));
      }
      await Promise.all(underWay);
    } finally {
      lease.stop();
    }
    if (this.stopping.signal.aborted || lease.isLost) return;
    const { items: left } = await bulks.items(bulkId, { limit: 1, state: 'waiting' });
    if (tooMany()) await bulks.end(bulkId, 'stopped');
    else if (left.length === 0) await bulks.end(bulkId, 'done');
  }

  private async *waiting(bulkId: string): AsyncGenerator<BulkItemRecord> {
    let cursor: string | undefined;
    do {
      const page = await this.parts.bulks.items(bulkId, { limit: ITEMS, state: 'waiting', cursor });
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private async carryOut(bulk: BulkRecord, { cpId, position }: BulkItemRecord): Promise<BulkItemEnd> {
    const definition = definitionOf(bulk.command);
    if (!definition) return { state: 'refused', commandId: null, problem: 'not-supported' };
    const asked = {
      cpId,
      request: bulk.request,
      options: {
        timeoutMs: bulk.timeoutS * 1000,
        requestId: bulk.requestId,
        caller: bulk.caller,
        idempotencyKey: `bulk/${bulk.bulkId}/${position}`,
        gone: this.stopping.signal,
      },
    };
    for (;;) {
      let commandId: string | null = null;
      let problem: string | null = null;
      try {
        const started = await this.parts.typed.start(definition, asked);
        commandId = started.commandId;
        await started.end;
      } catch (error) {
        problem = error instanceof ProblemError ? error.kind : problemFromError(error).kind;
      }
      const row = commandId === null ? null : await this.parts.commands.get(commandId);
      if (row?.endedAt) return { state: row.state as BulkItemEnd['state'], commandId, problem };
      if (!row) return { state: problem === null ? 'accepted' : 'refused', commandId, problem };
      // The answer does not say how it ends, which is certain soon after its deadline: the same key asks again.
      await delay(AGAIN_MS);
    }
  }
}

function failuresIn({ counts }: BulkRecord): number {
  return Object.entries(counts).reduce(
    (sum, [state, number]) => (['waiting', 'skipped', 'accepted'].includes(state) ? sum : sum + number),
    0,
  );
}

/** So many turns a second. */
class Pace {
  private due = performance.now();

  constructor(private readonly perSecond: number) {}

  async next(signal: AbortSignal): Promise<void> {
    const wait = this.due - performance.now();
    this.due = Math.max(this.due, performance.now()) + 1000 / this.perSecond;
    if (wait > 0) await delay(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Renews a lease until it is stopped or lost. */
class LeaseOf {
  isLost = false;
  private readonly timer: NodeJS.Timeout;

  constructor(renew: () => Promise<boolean>) {
    this.timer = setInterval(() => {
      renew().then(
        (held) => {
          if (!held) this.isLost = true;
        },
        () => undefined,
      );
    }, RENEW_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
