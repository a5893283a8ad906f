import type { Circumstances, Message, Messages } from '@ocpp-gw/clickhouse';
import type { Conversation, RecordedMessage } from '@ocpp-gw/conversation';
import type { TransactionRecord, Transactions } from '@ocpp-gw/persistence';

export interface ConversationSources {
  messages: Pick<Messages, 'all'>;
  circumstances: Pick<Circumstances, 'connections' | 'deviations'>;
  transactions: Pick<Transactions, 'list'>;
}

/** The frames that are read at most: the newest of the period. */
const MOST = 50_000;
/** A period that ends so near to now reaches the present. */
const PRESENT_MS = 60_000;

/** A conversation, and whether it has more frames than are read. */
export interface GatheredConversation {
  conversation: Conversation;
  isCut: boolean;
}

/** Gathers the conversation of a charge point with what is known beside its frames. */
export class Conversations {
  constructor(
    private readonly sources: ConversationSources,
    private readonly most = MOST,
  ) {}

  /** @throws ClickHouseUnavailableError */
  async of(cpId: string, { from, to }: { from: Date; to: Date }): Promise<GatheredConversation> {
    const { circumstances, transactions } = this.sources;
    const window = { cpId, from, to };
    const now = Date.now();
    const [{ messages, isCut }, connections, deviations, sessions] = await Promise.all([
      this.messages(window),
      circumstances.connections(window),
      circumstances.deviations(window),
      transactions.list({ ...window, limit: 500 }),
    ]);
    const conversation: Conversation = {
      messages,
      connections,
      deviations,
      sessions: sessions.items.map(sessionOf),
      ...(to.getTime() >= now - PRESENT_MS && { now: new Date(Math.min(now, to.getTime())) }),
    };
    return { conversation, isCut };
  }

  /** The frames of a period, the oldest first. @throws ClickHouseUnavailableError */
  async messages(window: {
    cpId: string;
    from: Date;
    to: Date;
  }): Promise<{ messages: RecordedMessage[]; isCut: boolean }> {
    const newestFirst: Message[] = [];
    for await (const page of this.sources.messages.all(window)) {
      newestFirst.push(...page);
      if (newestFirst.length > this.most) break;
    }
    const messages = newestFirst
      .slice(0, this.most)
      .reverse()
      .map((each) => recorded(window.cpId, each));
    return { messages, isCut: newestFirst.length > this.most };
  }
}

function recorded(cpId: string, { occurredAt, latencyMs, ...message }: Message): RecordedMessage {
  return {
    cpId,
    at: occurredAt,
    eventId: message.eventId,
    protocol: message.protocol,
    direction: message.direction === 'out' ? 'out' : 'in',
    kind: message.kind as RecordedMessage['kind'],
    action: message.action ?? '',
    messageId: message.messageId ?? '',
    outcome: (message.outcome ?? '') as RecordedMessage['outcome'],
    errorCode: message.errorCode ?? '',
    ...(latencyMs !== null && { latencyMs }),
    sizeBytes: message.sizeBytes,
    connectionId: message.connectionId,
    transactionId: message.transactionId ?? '',
    raw: message.raw,
  };
}

function sessionOf(record: TransactionRecord): NonNullable<Conversation['sessions']>[number] {
  const { transactionId, startSeen, startedAt, endedAt, unassignedReason, quality, energyWh } = record;
  return {
    transactionId,
    ...(startSeen && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(unassignedReason && { unassigned: unassignedReason }),
    ...(energyWh !== null && { energyWh }),
    quality,
  };
}
