import type { EnergyProgress } from '@ocpp-gw/contracts';
import {
  bill,
  EMPTY_LEDGER,
  endedAt,
  EventsNeededError,
  normaliseSample,
  readRegisters,
  record,
  type Change,
  type Ledger,
  type Sample,
  type TransactionMessage,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import { createHash } from 'node:crypto';
import {
  endedEvent,
  meterEvent,
  startedEvent,
  updatedEvent,
  type EventOverrides,
  type TestEvent,
} from '@ocpp-gw/testing';

/** What a charge point says of a transaction. */
export interface Said {
  kind: TransactionMessage['kind'];
  /** The transaction: the gateway's number (1.6), or the station's id. Null: it names none. */
  id: string | null;
  at: Date;
  /** Only of 2.0.1. */
  seqNo?: number;
  evseId?: number;
  /** meterStart or meterStop of 1.6, Wh. */
  wh?: number;
  idTag?: string;
  samples?: readonly Parameters<typeof normaliseSample>[0][];
}

/** One charge point whose transactions are decided as the gateway decides them, with the events that are published of them. */
export class PublishedTransactions {
  private ledger: Ledger = EMPTY_LEDGER;
  private readonly messages: TransactionMessage[] = [];
  private readonly cpId: string;
  private readonly protocol: string;
  private receivedAt: number;

  /** @param received when the first message is received; each later one a second after the one before */
  constructor(cpId: string, protocol: 'ocpp1.6' | 'ocpp2.0.1', received: Date) {
    this.cpId = cpId;
    this.protocol = protocol;
    this.receivedAt = received.getTime();
  }

  /** The events of one message, in order. */
  take(said: Said): TestEvent[] {
    this.receivedAt += 1000;
    const samples = (said.samples ?? []).map(normaliseSample);
    const message = this.message(said, samples);
    const { ledger, outcome, changes } = this.record(message, samples);
    this.ledger = ledger;
    if (outcome.is !== 'repetition') this.messages.push(message);
    return changes.flatMap((change) =>
      this.eventsOf(change, message, change.after.transactionId === outcome.transactionId),
    );
  }

  /** What is billed of each, Wh. */
  bills(): Map<string, number | null> {
    return new Map(this.ledger.transactions.map((each) => [each.transactionId, bill(each).energyWh]));
  }

  private message({ kind, id, at, seqNo, evseId = 1, wh, idTag = 'TAG' }: Said, samples: readonly Sample[]) {
    const registers = readRegisters({
      role: kind,
      at,
      samples,
      meterStartWh: kind === 'started' ? wh : undefined,
      meterStopWh: kind === 'ended' ? wh : undefined,
    });
    const content = JSON.stringify([kind, id, at, wh, samples]);
    const message: TransactionMessage = {
      kind,
      protocol: this.protocol,
      stationNamed: seqNo !== undefined,
      id,
      evseId,
      connectorId: 1,
      at: at.getTime(),
      assumed: false,
      receivedAt: this.receivedAt,
      digest: `${seqNo ?? 0}:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`,
      registers,
      ...(seqNo !== undefined && { seqNo }),
      ...(kind !== 'reading' && { idToken: { idToken: idTag } }),
      ...(kind === 'ended' && { reason: 'Local', ...(wh !== undefined && { stopWh: wh }) }),
      ...(kind === 'started' &&
        seqNo === undefined && {
          startKey: { connectorId: evseId, idTag, timestamp: at.toISOString(), meterStart: wh ?? 0 },
        }),
    };
    return message;
  }

  private record(message: TransactionMessage, samples: readonly Sample[]) {
    try {
      return record(this.ledger, message, { samples });
    } catch (error) {
      if (!(error instanceof EventsNeededError)) throw error;
      const events = this.messages.filter(({ stationNamed, id }) => stationNamed && id === message.id);
      return record(this.ledger, message, { samples, events });
    }
  }

  private eventsOf({ before, after, intervals }: Change, { kind }: TransactionMessage, isOwn: boolean): TestEvent[] {
    const energy = progressOf(after, intervals);
    const of = (at: number): EventOverrides => ({
      cpId: this.cpId,
      protocol: this.protocol,
      occurredAt: new Date(at),
      recordedAt: new Date(this.receivedAt),
    });
    const facts = factsOf(after);
    if (isOwn && kind === 'reading' && before?.revision === after.revision)
      return intervals.length === 0 ? [] : [meterEvent({ ...facts, samples: [], energy }, of(after.lastEventAt))];
    if (before?.revision === after.revision && intervals.length === 0) return [];
    const { meterStopWh, energyWh, reason } = bill(after);
    const startedAt = after.startSeen ? new Date(after.start.at) : undefined;
    if (after.state === 'ended') {
      const end = {
        startedAt,
        meterStopWh: meterStopWh ?? undefined,
        energyWh: energyWh ?? undefined,
        energyReason: reason ?? '',
        reason: after.end?.reason ?? '',
        endInferred: after.end?.inferred ?? '',
        unassignedReason: after.unassigned ?? '',
        assignedTo: after.assignedTo ?? '',
      };
      return [endedEvent({ ...facts, ...end, energy }, of(endedAt(after) ?? after.lastEventAt))];
    }
    if (after.startSeen && !before?.startSeen) return [startedEvent({ ...facts, energy }, of(after.start.at))];
    return [updatedEvent({ ...facts, samples: [], startedAt, energy }, of(after.lastEventAt))];
  }
}

function factsOf(transaction: TransactionState) {
  const { transactionId, stationTransactionId, evseId, connectorId, revision, idToken } = transaction;
  return {
    transactionId,
    stationTransactionId: stationTransactionId === transactionId ? '' : stationTransactionId,
    evseId,
    connectorId,
    revision,
    idToken: idToken?.idToken ?? '',
    meterStartWh: bill(transaction).meterStartWh ?? undefined,
  };
}

function progressOf({ curve, firstHeardAt }: TransactionState, intervals: Change['intervals']): EnergyProgress {
  const [at, wh] = curve?.known ? (curve.points.at(-1) ?? [curve.startAt, 0]) : [];
  return {
    firstHeardAt: new Date(firstHeardAt),
    number: curve?.number ?? 0,
    energyWh: wh,
    reachedAt: at === undefined ? undefined : new Date(at),
    intervals: intervals.map(({ number, from, to, quality }) => ({
      number,
      fromAt: new Date(from[0]),
      fromWh: from[1],
      toAt: new Date(to[0]),
      toWh: to[1],
      quality: [...quality],
    })),
  };
}
