import { createHash } from 'node:crypto';
import { readRegisters } from '../../registers/index.ts';
import type { Sample } from '../../effects.ts';
import { EventsNeededError, record, type Recorded } from '../ledger.ts';
import type { Outcome, TransactionMessage } from '../message.ts';
import { EMPTY_LEDGER, type Ledger, type TransactionState } from '../state.ts';
import { bill } from '../bill.ts';

/** 2026-11-30, and minutes from then on. */
const MIDNIGHT = Date.UTC(2026, 10, 30);
export const minute = (n: number): number => MIDNIGHT + n * 60_000;

/** A time that the charger's clock cannot have meant: the receive time stands in. */
export const UNSET = null;

export interface Said {
  tag?: string;
  group?: string;
  connector?: number;
  /** Of a start or stop of 1.6. */
  wh?: number;
  /** Minutes; {@link UNSET}: a clock that says the same each time. Left out: now. */
  at?: number | null;
  reason?: string;
  /** Registers in samples, Wh, with their context. */
  samples?: readonly [wh: number, context?: string][];
  more?: Partial<TransactionMessage>;
}

/** One charge point, as the ledger sees it. Each message is received a minute after the one before. */
export class StationUnderTest {
  ledger: Ledger = EMPTY_LEDGER;
  readonly outcomes: Outcome[] = [];
  readonly events: TransactionMessage[] = [];
  clock = 0;
  private number = 0;

  /** 1.6 StartTransaction. @returns the transaction's number */
  start(said: Said = {}): string {
    const { tag = 'CARD', connector = 1, wh = 0 } = said;
    const id = String((this.number += 1));
    const message = this.message('started', id, { ...said, connector, wh });
    const startKey = {
      connectorId: connector,
      idTag: tag,
      timestamp: said.at === UNSET ? '2000-01-01T00:00:20Z' : new Date(message.at).toISOString(),
      meterStart: wh,
    };
    const { outcome } = this.take({ ...message, idToken: { idToken: tag }, startKey, connectorId: connector });
    return outcome.transactionId ?? '';
  }

  /** 1.6 StopTransaction; `id` null: it names none. */
  stop(id: string | null, said: Said = {}): Outcome {
    return this.take(this.message('ended', id, said)).outcome;
  }

  /** 1.6 MeterValues. */
  reading(id: string | null, connector: number, wh: number, said: Said = {}): Outcome {
    return this.take(this.message('reading', id, { ...said, connector, samples: [[wh]] })).outcome;
  }

  /** 2.0.1 TransactionEvent. */
  event(kind: 'started' | 'updated' | 'ended', id: string, seqNo: number, said: Said = {}): Outcome {
    const message = this.message(kind, id, said);
    return this.take({ ...message, stationNamed: true, seqNo, digest: `${seqNo}:${message.digest.slice(2)}` }).outcome;
  }

  take(message: TransactionMessage): Recorded {
    const recorded = this.record(message);
    this.ledger = recorded.ledger;
    this.outcomes.push(recorded.outcome);
    if (recorded.outcome.is !== 'repetition') this.events.push(message);
    return recorded;
  }

  of(id: string): TransactionState {
    const found = this.ledger.transactions.find(({ transactionId }) => transactionId === id);
    if (!found) throw new Error(`no transaction ${id}`);
    return found;
  }

  /** Each transaction as its bill: token, state, energy. */
  bills(): { id: string; tag: string | undefined; state: string; wh: number | null }[] {
    return this.ledger.transactions
      .filter(({ unassigned, assignedTo }) => unassigned === null && assignedTo === null)
      .map((each) => ({
        id: each.transactionId,
        tag: each.idToken?.idToken,
        state: each.state,
        wh: bill(each).energyWh,
      }));
  }

  message(kind: TransactionMessage['kind'], id: string | null, said: Said): TransactionMessage {
    const { tag, group, connector = 0, wh, at, reason = 'Local', samples = [], more } = said;
    this.clock += 1;
    const receivedAt = minute(this.clock);
    const reported = at === undefined || at === UNSET ? receivedAt : minute(at);
    const content = JSON.stringify([kind, id, tag, connector, wh, at === UNSET ? 'unset' : reported, reason, samples]);
    const registers = readRegisters({
      role: kind,
      at: new Date(reported),
      samples: samples.map(([value, context]) => sample(new Date(reported), value, context)),
      ...(kind === 'started' && { meterStartWh: wh }),
      ...(kind === 'ended' && { meterStopWh: wh }),
    });
    const last = samples.at(-1)?.[0];
    return {
      kind,
      protocol: 'ocpp',
      stationNamed: false,
      id,
      rawId: id ?? '-1',
      evseId: connector,
      connectorId: connector,
      at: reported,
      assumed: at === UNSET,
      receivedAt,
      digest: `0:${createHash('sha256').update(content).digest('hex')}`,
      ...(tag !== undefined && { idToken: { idToken: tag } }),
      ...(group !== undefined && { groupToken: group }),
      ...(kind === 'ended' && (wh ?? last) !== undefined && { stopWh: wh ?? last }),
      registers,
      ...(kind === 'ended' && { reason }),
      ...more,
    };
  }

  private record(message: TransactionMessage): Recorded {
    try {
      return record(this.ledger, message);
    } catch (error) {
      if (!(error instanceof EventsNeededError)) throw error;
      const events = this.events.filter(({ stationNamed, id }) => stationNamed && id === message.id);
      return record(this.ledger, message, { events });
    }
  }
}

function sample(at: Date, value: number, context = 'Sample.Periodic'): Sample {
  return {
    at,
    value,
    unit: 'Wh',
    rawValue: String(value),
    rawUnit: 'Wh',
    measurand: 'Energy.Active.Import.Register',
    location: 'Outlet',
    context,
  };
}
