import type { Command } from '@ocpp-gw/contracts';
import {
  CommandCaller,
  CommandInterruptedError,
  RedisUnavailableError,
  type CommandCallerOptions,
  type Ended,
  type SendOptions,
} from '@ocpp-gw/redis';
import type { BusMetrics } from '../metrics.ts';

/** Ends that no owner has answered with. */
const UNANSWERED: ReadonlySet<string> = new Set(['offline', 'timeout', 'cancelled']);

/** The command bus, with what it takes and how its commands end measured. */
export class MeasuredCaller extends CommandCaller {
  constructor(
    options: CommandCallerOptions,
    private readonly metrics: BusMetrics,
  ) {
    super(options);
  }

  override async send(cpId: string, command: Command, options: SendOptions): Promise<Ended> {
    const startedAt = performance.now();
    this.metrics.open.inc();
    let outcome = 'answered';
    try {
      const ended = await super.send(cpId, command, options);
      if (UNANSWERED.has(ended.outcome.kind)) outcome = ended.outcome.kind;
      return ended;
    } catch (error) {
      outcome = outcomeOf(error);
      throw error;
    } finally {
      this.metrics.open.dec();
      this.metrics.seconds.observe({ outcome }, (performance.now() - startedAt) / 1000);
    }
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof CommandInterruptedError) return 'interrupted';
  return error instanceof RedisUnavailableError ? 'unavailable' : 'failed';
}
