import { checkEventId, UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { PermanentError, eventBody } from '@ocpp-gw/kafka';
import { GroupCommit, isRefusedValue, type NewDelivery } from '@ocpp-gw/persistence';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';

/** Number of partitions of a fetch that share statements. */
const ROWS_AT_ONCE = 500;

export interface IntakeOptions {
  subscriptions: Subscriptions;
  queue: Pick<DeliveryQueue, 'enqueue'>;
  /** Called with the subscriptions that have new rows. */
  enqueued: (names: ReadonlySet<string>) => void;
}

/** Turns events into rows, one for each subscription that wants them. A repetition by Kafka adds no row. */
export class Intake {
  private readonly group: GroupCommit<NewDelivery>;

  constructor(private readonly options: IntakeOptions) {
    this.group = new GroupCommit({ commit: (rows) => this.enqueue(rows), limit: ROWS_AT_ONCE });
  }

  /**
   * Resolves once every row is committed, so that the offsets may be committed.
   * @throws UndecodableEventError | PermanentError when one of the events can be no row; none of them is one then.
   */
  async accept(events: readonly Event[]): Promise<void> {
    const rows = events.flatMap((event) => rowsOf(event, this.options.subscriptions));
    if (rows.length > 0) await this.group.add(rows);
  }

  private async enqueue(rows: readonly NewDelivery[]): Promise<void> {
    try {
      await this.options.queue.enqueue(rows);
    } catch (cause) {
      if (!isRefusedValue(cause)) throw cause;
      throw new PermanentError(`postgres refuses the row: ${(cause as Error).message}`, { cause });
    }
    this.options.enqueued(new Set(rows.map((row) => row.subscription)));
  }
}

function rowsOf(event: Event, subscriptions: Subscriptions): NewDelivery[] {
  const wanting = subscriptions.wanting(event.type);
  if (wanting.length === 0) return [];
  const recordedAt = checkDeliverable(event);
  const body = eventBody(event);
  return wanting.map(({ name, ordered }) => ({
    subscription: name,
    eventId: event.id,
    eventType: event.type,
    cpId: event.cpId,
    body,
    recordedAt,
    ordered,
  }));
}

/**
 * @returns when it was recorded
 * @throws UndecodableEventError when the event can be no row: the id is what receivers deduplicate by.
 */
function checkDeliverable(event: Event): Date {
  checkEventId(event);
  if (event.cpId.includes('\0')) throw new UndecodableEventError('cp_id holds a NUL, which no text column takes');
  if (!event.recordedAt) throw new UndecodableEventError('recorded_at is missing, which gives the order');
  return event.recordedAt;
}
