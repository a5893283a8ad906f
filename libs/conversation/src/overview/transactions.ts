import type { Sample } from '@ocpp-gw/ocpp-j';
import type { Fact, FactOf } from './facts.ts';
import type { Frame } from './exchanges.ts';

/** Readings that a message brought to a transaction. */
export interface Readings {
  frame: Frame;
  samples: readonly Sample[];
}

/** A transaction, as far as the conversation shows it. */
export interface SeenTransaction {
  id: string;
  /** 0: no message named it. */
  evseId: number;
  /** The first message that started it; a repetition changes nothing. Absent when it began before the conversation. */
  start?: FactOf<'transactionStarted'>;
  end?: FactOf<'transactionEnded'>;
  /** In order of receipt, without those of start and end. */
  readings: Readings[];
  /** Messages that the charge point kept while it was offline (2.0.1). */
  offline: Frame[];
}

/** The transactions of a conversation, in order of their first message. */
export function transactionsOf(facts: readonly Fact[]): SeenTransaction[] {
  const seen = new SeenTransactions();
  for (const fact of facts) seen.add(fact);
  return seen.all;
}

class SeenTransactions {
  readonly all: SeenTransaction[] = [];
  private readonly latest = new Map<string, SeenTransaction>();
  /** Those that run, all of them and by EVSE. */
  private readonly running = new Set<SeenTransaction>();
  private readonly runningOn = new Map<number, Set<SeenTransaction>>();

  add({ effect, ...of }: Fact): void {
    if (effect.kind === 'transactionStarted') this.start({ ...of, effect });
    if (effect.kind === 'transactionUpdated') this.update({ ...of, effect });
    if (effect.kind === 'transactionEnded') this.end({ ...of, effect });
    if (effect.kind === 'meterValues') this.read({ ...of, effect });
  }

  private start(start: FactOf<'transactionStarted'>): void {
    const { transactionId, evseId, offline, time } = start.effect;
    // An unanswered 1.6 start has no transaction yet.
    if (transactionId === '0' || transactionId === 'NaN') return;
    const known = this.latest.get(transactionId);
    const isRepeated = known?.start?.effect.time.at.getTime() === time.at.getTime() || (known && !known.end);
    const transaction = known && (isRepeated || !known.start) ? known : this.begin(transactionId);
    transaction.start ??= start;
    this.place(transaction, evseId);
    if (offline) transaction.offline.push(start.frame);
  }

  private update({ frame, effect: { transactionId, evseId, samples, offline } }: FactOf<'transactionUpdated'>): void {
    const transaction = this.named(transactionId, evseId);
    if (samples.length > 0) transaction.readings.push({ frame, samples });
    if (offline) transaction.offline.push(frame);
  }

  private end(end: FactOf<'transactionEnded'>): void {
    const { transactionId, evseId, offline, unnamed } = end.effect;
    const transaction = (unnamed && this.only()) || this.named(transactionId, evseId);
    transaction.end ??= end;
    if (offline) transaction.offline.push(end.frame);
    this.running.delete(transaction);
    this.runningOn.get(transaction.evseId)?.delete(transaction);
  }

  private read({ frame, effect: { transactionId, evseId, samples } }: FactOf<'meterValues'>): void {
    const transaction = transactionId ? this.named(transactionId, evseId) : this.only(evseId);
    transaction?.readings.push({ frame, samples });
  }

  private named(id: string, evseId: number): SeenTransaction {
    const transaction = this.latest.get(id) ?? this.begin(id);
    this.place(transaction, evseId);
    return transaction;
  }

  private begin(id: string): SeenTransaction {
    const transaction: SeenTransaction = { id, evseId: 0, readings: [], offline: [] };
    this.all.push(transaction);
    this.latest.set(id, transaction);
    this.running.add(transaction);
    return transaction;
  }

  /** Not every message names the EVSE. */
  private place(transaction: SeenTransaction, evseId: number): void {
    if (transaction.evseId !== 0 || evseId === 0) return;
    transaction.evseId = evseId;
    if (!this.running.has(transaction)) return;
    const others = this.runningOn.get(evseId) ?? new Set();
    this.runningOn.set(evseId, others.add(transaction));
  }

  /** The one transaction that runs, on an EVSE or at all. */
  private only(evseId?: number): SeenTransaction | undefined {
    const fitting = evseId === undefined ? this.running : this.runningOn.get(evseId);
    const [first] = fitting ?? [];
    return fitting?.size === 1 ? first : undefined;
  }
}
