import type { TrueMessage } from '@ocpp-gw/charger-sim';
import type { Acknowledged, Complaint, Kind, Sample } from '../reconciliation/facts.ts';

type Payload = Record<string, unknown>;

const ENERGY = 'Energy.Active.Import.Register';
const EVENTS: Readonly<Record<string, Kind>> = { Started: 'started', Updated: 'updated', Ended: 'ended' };

/** What one charger saw acknowledged, in the order in which it sent it, and where a repetition was answered otherwise. */
export class Recorder {
  readonly acknowledged: Acknowledged[] = [];
  readonly changes: Complaint[] = [];
  /** The transaction of each session. */
  readonly #transactions = new Map<number, string>();

  take({ cpId, outcome, repeats, session, action, payload, answer }: TrueMessage): void {
    if (outcome !== 'acknowledged') return;
    const record = { cpId, ...recordOf(action, payload as Payload, answer as Payload) };
    const { transactionId } = record;
    const before = this.#transactions.get(session) ?? transactionId;
    if (before !== transactionId) {
      const what = `${action} repeated: transaction ${transactionId}, before ${before}`;
      this.changes.push({ cpId, kind: 'changed', what });
    }
    if (repeats) return;
    this.#transactions.set(session, transactionId);
    this.acknowledged.push(record);
  }
}

function recordOf(action: string, payload: Payload, answer: Payload): Omit<Acknowledged, 'cpId'> {
  switch (action) {
    case 'StartTransaction':
      return {
        kind: 'started',
        transactionId: String(answer['transactionId']),
        registerWh: Number(payload['meterStart']),
        samples: [],
      };
    case 'MeterValues':
      return {
        kind: 'meter',
        transactionId: String(payload['transactionId']),
        samples: samplesOf(payload['meterValue']),
      };
    case 'StopTransaction':
      return {
        kind: 'ended',
        transactionId: String(payload['transactionId']),
        registerWh: Number(payload['meterStop']),
        samples: samplesOf(payload['transactionData']),
      };
    default:
      return recordOfEvent(payload);
  }
}

/** A TransactionEvent: the station names the transaction and numbers its events. */
function recordOfEvent(payload: Payload): Omit<Acknowledged, 'cpId'> {
  const kind = EVENTS[String(payload['eventType'])] ?? 'updated';
  const { transactionId } = payload['transactionInfo'] as { transactionId: string };
  const samples = samplesOf(payload['meterValue']);
  const register = samples[0]?.wh;
  const isEnd = kind !== 'updated' && register !== undefined;
  return { kind, transactionId, seqNo: Number(payload['seqNo']), ...(isEnd && { registerWh: register }), samples };
}

interface MeterValue {
  timestamp: string;
  sampledValue: readonly { value: unknown; context?: string; measurand?: string }[];
}

/** The readings of the energy register. */
function samplesOf(meterValues: unknown): Sample[] {
  return ((meterValues ?? []) as readonly MeterValue[]).flatMap(({ timestamp, sampledValue }) =>
    sampledValue
      .filter(({ measurand = ENERGY }) => measurand === ENERGY)
      .map(({ value, context = '' }) => ({ at: Date.parse(timestamp), wh: Number(value), context })),
  );
}
