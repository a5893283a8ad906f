import { checkEventId, UndecodableEventError, type Event } from '@ocpp-gw/contracts';
import { PermanentError, eventBody } from '@ocpp-gw/kafka';
import { GroupCommit, isRefusedValue, type Enqueued, type NewDelivery } from '@ocpp-gw/persistence';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { HeldDelivery } from './held-deliveries.ts';

/** Number of partitions of a fetch that share statements. */
const ROWS_AT_ONCE = 500;
/** What a process that died held waits as long. */
const HELD_MS = 10_000;

export interface IntakeOptions {
  subscriptions: Subscriptions;
  queue: Pick<DeliveryQueue, 'enqueue'>;
  /** Whether rows of this subscription may be held, which means to be delivered from memory. */
  holds: (subscription: string) => boolean;
  hold: (subscription: string, deliveries: readonly HeldDelivery[]) => void;
  /** Called with the subscriptions that have new rows which are not held. */
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
    const { queue, holds, hold, enqueued } = this.options;
    const createdAt = new Date();
    const heldUntil = new Date(createdAt.getTime() + HELD_MS);
    const offered = rows.map((row) => (holds(row.subscription) ? { ...row, heldUntil } : row));
    const written = new Map<string, Enqueued>();
    try {
      for (const one of await queue.enqueue(offered, createdAt)) written.set(keyOf(one), one);
    } catch (cause) {
      if (!isRefusedValue(cause)) throw cause;
      throw new PermanentError(`postgres refuses the row: ${(cause as Error).message}`, { cause });
    }
    const others = new Set<string>();
    for (const [subscription, all] of Map.groupBy(offered, (row) => row.subscription)) {
      const held = all.flatMap((row) => {
        const { id, isHeld } = written.get(keyOf(row)) ?? {};
        if (id !== undefined && isHeld) return [{ ...row, id, heldUntil, createdAt, attempts: 1 }];
        others.add(subscription);
        return [];
      });
      if (held.length > 0) hold(subscription, held);
    }
    enqueued(others);
  }
}

/** Postgres writes the letters of a UUID small. */
function keyOf({ subscription, eventId }: Pick<NewDelivery, 'subscription' | 'eventId'>): string {
  return `${subscription}/${eventId.toLowerCase()}`;
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
