import type { Circumstances, Message, Messages } from '@ocpp-gw/clickhouse';
import type { Conversation, RecordedMessage } from '@ocpp-gw/conversation';
import type { TransactionRecord, Transactions } from '@ocpp-gw/persistence';
import { RedisUnavailableError, type RefusedHandshakes } from '@ocpp-gw/redis';
import { unlessAway } from './unless-away.ts';

export interface ConversationSources {
  messages: Pick<Messages, 'all'>;
  circumstances: Pick<Circumstances, 'connections' | 'deviations'>;
  transactions: Pick<Transactions, 'list'>;
  refused: Pick<RefusedHandshakes, 'of'>;
}

/** The frames that are read at most: the newest of the period. */
const MOST = 50_000;
/** Frames that one query reads. */
const PAGE = 5_000;
/** The refused handshakes that are read at most: the newest. */
const REFUSALS = 100;
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
    const { circumstances, transactions, refused } = this.sources;
    const window = { cpId, from, to };
    const now = Date.now();
    const [{ messages, isCut }, connections, deviations, sessions, refusals] = await Promise.all([
      this.messages(window),
      circumstances.connections(window),
      circumstances.deviations(window),
      transactions.list({ ...window, limit: 500 }),
      unlessAway(RedisUnavailableError, () => refused.of(cpId, REFUSALS)),
    ]);
    const conversation: Conversation = {
      messages,
      connections,
      deviations,
      sessions: sessions.items.map(sessionOf),
      ...(refusals && { handshakesRefused: refusalsIn(refusals, window) }),
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
    for await (const page of this.sources.messages.all(window, Math.min(PAGE, this.most + 1))) {
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

/** In order of time. */
function refusalsIn(
  refusals: readonly { at: number; reason: string }[],
  { from, to }: { from: Date; to: Date },
): NonNullable<Conversation['handshakesRefused']> {
  return refusals
    .map(({ at, reason }) => ({ at: new Date(at), reason }))
    .filter(({ at }) => at >= from && at < to)
    .reverse();
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
