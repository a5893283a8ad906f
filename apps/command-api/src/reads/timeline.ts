import type {
  ConnectorStatus,
  Message,
  Messages,
  StatusHistory,
  TransactionEvent,
  TransactionEvents,
} from '@ocpp-gw/clickhouse';
import type {
  CommandRecord,
  Commands,
  DeliveryRecord,
  Outbox,
  TransactionRecord,
  UndeliveredCall,
  WebhookDeliveryLog,
} from '@ocpp-gw/persistence';

/** One thing that happened in or around a transaction, with the record that it comes from. */
export type Happening =
  | { source: 'message'; at: Date; record: Message }
  | { source: 'event'; at: Date; record: TransactionEvent }
  | { source: 'status'; at: Date; record: ConnectorStatus }
  | { source: 'command'; at: Date; record: CommandRecord }
  | { source: 'webhook'; at: Date; record: DeliveryRecord }
  | { source: 'backend'; at: Date; record: UndeliveredCall };

export interface Timeline {
  /** By the clock of the gateway, the oldest first. */
  happenings: Happening[];
  /** Whether a source had more than is read. */
  isCut: boolean;
}

export interface TimelineSources {
  messages: Pick<Messages, 'list'>;
  events: Pick<TransactionEvents, 'list'>;
  statuses: Pick<StatusHistory, 'list'>;
  commands: Pick<Commands, 'list'>;
  deliveries: Pick<WebhookDeliveryLog, 'ofEvents'>;
  outbox: Pick<Outbox, 'undelivered'>;
}

/** What is read of one source at most. */
const MOST = 1_000;
/** What led to a transaction comes before it, and what it leads to after it. */
const AROUND_MS = 5 * 60_000;

/** Gathers what happened in and around a transaction. */
export class Timelines {
  constructor(private readonly sources: TimelineSources) {}

  /** @throws ClickHouseUnavailableError */
  async of(transaction: TransactionRecord): Promise<Timeline> {
    const { messages, statuses, commands } = this.sources;
    const { cpId, transactionId, stationTransactionId, evseId, startedAt, endedAt } = transaction;
    const around = {
      cpId,
      limit: MOST,
      from: new Date(startedAt.getTime() - AROUND_MS),
      to: new Date((endedAt?.getTime() ?? Date.now()) + AROUND_MS),
    };
    const [frames, events, ofConnector, asked] = await Promise.all([
      // The charge point names it by its own id, which a later transaction may have too.
      messages.list({ cpId, limit: MOST, transactionId: stationTransactionId ?? transactionId }),
      this.sources.events.list({ cpId, limit: MOST, transactionId }),
      statuses.list({ ...around, evseId }),
      commands.list(around),
    ]);
    const [deliveries, calls] = await Promise.all([
      this.sources.deliveries.ofEvents(events.items.map(({ eventId }) => eventId)),
      this.sources.outbox.undelivered(cpId, transactionId),
    ]);
    const happenings: Happening[] = [
      ...frames.items.map((record): Happening => ({ source: 'message', at: record.occurredAt, record })),
      ...events.items.map((record): Happening => ({ source: 'event', at: record.recordedAt, record })),
      ...ofConnector.items.map((record): Happening => ({ source: 'status', at: record.recordedAt, record })),
      ...asked.items.map((record): Happening => ({ source: 'command', at: record.queuedAt, record })),
      ...deliveries.map((record): Happening => ({
        source: 'webhook',
        at: record.deliveredAt ?? record.createdAt,
        record,
      })),
      ...calls.map((record): Happening => ({ source: 'backend', at: record.createdAt, record })),
    ];
    return {
      happenings: happenings.toSorted((one, other) => one.at.getTime() - other.at.getTime()),
      isCut: [frames, events, ofConnector, asked].some(({ nextCursor }) => nextCursor !== null),
    };
  }
}
