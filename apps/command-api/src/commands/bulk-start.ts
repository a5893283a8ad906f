import type { BulkCommands, BulkRecord } from '@ocpp-gw/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { ChargePointReads } from '../reads/charge-points.ts';
import { select, type Selected, type Selection } from '../reads/selection.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { definitionOf } from './definitions.ts';
import { readRequest } from './read-request.ts';

export interface BulkOrder {
  command: string;
  request: Record<string, unknown>;
  select: Selection;
  dry_run: boolean;
  rate_per_s: number;
  max_failures: number | null;
  timeout_s: number;
}

export type BulkStarted =
  { isDryRun: true; selected: Selected[]; unknown: string[] } | { isDryRun: false; record: BulkRecord };

/** Begins bulk commands, or says which charge points they would reach. */
export class BulkStart {
  constructor(
    private readonly reads: ChargePointReads,
    private readonly bulks: Pick<BulkCommands, 'create' | 'get'>,
  ) {}

  /** @throws ProblemError when the body of the command is wrong, or nothing is selected. */
  async start(order: BulkOrder, { caller, requestId }: { caller: string; requestId: string }): Promise<BulkStarted> {
    const { command, request, dry_run, rate_per_s, max_failures, timeout_s } = order;
    const definition = definitionOf(command);
    if (!definition)
      throw new ProblemError('invalid-body', { errors: [{ pointer: '/command', message: 'is not known' }] });
    const { timeout_s: _, ...fields } = within('/request', () => readRequest(definition.request, request));
    const { selected, unknown } = await select(this.reads, order.select);
    if (dry_run) return { isDryRun: true, selected, unknown };
    if (selected.length === 0)
      throw new ProblemError('invalid-body', { errors: [{ pointer: '/select', message: 'selects no charge point' }] });
    const bulkId = uuidv7();
    const about = { bulkId, command, request: fields, selection: { ...order.select }, caller, requestId };
    const limits = { ratePerS: rate_per_s, maxFailures: max_failures, timeoutS: timeout_s };
    await this.bulks.create(
      { ...about, ...limits },
      selected.map(({ cpId }) => cpId),
    );
    const record = await this.bulks.get(bulkId);
    if (!record) throw new Error(`bulk command ${bulkId} is gone`);
    return { isDryRun: false, record };
  }
}

/** Faults inside of the member point into the whole body. */
function within<Result>(pointer: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.errors) throw error;
    const errors = error.errors.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer ?? ''}` }));
    throw new ProblemError(error.kind, { detail: error.detail, errors });
  }
}
