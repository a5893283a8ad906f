import type { Answer, ConnectOptions } from '@ocpp-gw/testing';
import { OcttStation, type Payload } from '../octt-station.ts';
import type { Stack } from '../stack.ts';

export { time, type Payload } from '../octt-station.ts';

/** Three hours ago, a whole second: the clock of a charger that tells later what happened. */
const SHIFT_BEGAN = Math.floor(Date.now() / 1000) * 1000 - 3 * 3_600_000;

/** Minutes into the shift, as a charger writes it. */
export const at = (minutes: number): string => new Date(SHIFT_BEGAN + minutes * 60_000).toISOString();

/** All cases at once on a busy machine. */
const TIMEOUT_MS = 30_000;

abstract class CaseStation extends OcttStation {
  readonly #answers = new Map<string, Answer>();

  /** Its answer to CALLs of this action, on this connection and those that follow. */
  answers(action: string, answer: Answer): void {
    this.#answers.set(action, answer);
    this.charger.answer(action, answer);
  }

  override async connect(options: Partial<ConnectOptions> = {}): Promise<void> {
    await super.connect(options);
    for (const [action, answer] of this.#answers) this.charger.answer(action, answer);
  }

  override call(action: string, payload: object = {}): Promise<Payload> {
    return this.charger.call(action, payload, TIMEOUT_MS);
  }

  abstract boot(more?: Payload): Promise<void>;

  /** The link dies, and comes back with a boot. */
  async reboot(): Promise<void> {
    this.loseConnection();
    await this.connect();
    await this.boot();
  }
}

/** A charger of 1.6 on a real socket, and its operator. */
export class Station16 extends CaseStation {
  constructor(stack: Stack, cpId: string) {
    super(stack, cpId, 'ocpp1.6');
  }

  async boot(more: Payload = {}): Promise<void> {
    await this.call('BootNotification', { chargePointVendor: 'Case', chargePointModel: 'C1', ...more });
  }

  /** StartTransaction. @returns the transactionId answered */
  async start(connectorId: number, idTag: string, meterStart: number, timestamp = at(0)): Promise<number> {
    const answer = await this.call('StartTransaction', { connectorId, idTag, meterStart, timestamp });
    return answer['transactionId'] as number;
  }

  /** StopTransaction, which must be answered. */
  async stop(transactionId: number, meterStop: number, more: Payload = {}): Promise<Payload> {
    return this.call('StopTransaction', { transactionId, meterStop, timestamp: at(60), ...more });
  }

  async meter(connectorId: number, transactionId: number | undefined, wh: number, timestamp = at(30)): Promise<void> {
    const meterValue = [{ timestamp, sampledValue: [{ value: String(wh) }] }];
    await this.call('MeterValues', { connectorId, transactionId, meterValue });
  }

  async status(connectorId: number, status: string, more: Payload = {}): Promise<void> {
    const payload = { connectorId, errorCode: 'NoError', status, ...more };
    await this.call('StatusNotification', payload);
  }
}

/** A charger of 2.0.1 on a real socket, and its operator. */
export class Station201 extends CaseStation {
  constructor(stack: Stack, cpId: string) {
    super(stack, cpId, 'ocpp2.0.1');
  }

  async boot(station: Payload = {}): Promise<void> {
    const chargingStation = { vendorName: 'Case', model: 'C2', ...station };
    await this.call('BootNotification', { reason: 'PowerUp', chargingStation });
  }

  started(transactionId: string, seqNo: number, more: EventOptions = {}): Promise<Payload> {
    const evse = { id: 1, connectorId: 1 };
    return this.call(
      'TransactionEvent',
      transactionEvent('Started', transactionId, seqNo, { triggerReason: 'Authorized', evse, ...more }),
    );
  }

  updated(transactionId: string, seqNo: number, more: EventOptions = {}): Promise<Payload> {
    return this.call(
      'TransactionEvent',
      transactionEvent('Updated', transactionId, seqNo, { triggerReason: 'MeterValuePeriodic', ...more }),
    );
  }

  ended(transactionId: string, seqNo: number, more: EventOptions = {}): Promise<Payload> {
    return this.call(
      'TransactionEvent',
      transactionEvent('Ended', transactionId, seqNo, { triggerReason: 'EVDeparted', ...more }),
    );
  }

  async status(connectorStatus: string, evseId = 1, more: Payload = {}): Promise<void> {
    const payload = { timestamp: at(0), evseId, connectorId: 1, connectorStatus, ...more };
    await this.call('StatusNotification', payload);
  }
}

/** Of an event: `tag` is its token, `wh` the register of the outlet with the context of its type, `info` more of transactionInfo; the rest stands as it is. */
export interface EventOptions extends Payload {
  tag?: string;
  wh?: number;
  info?: Payload;
}

const CONTEXTS: Record<string, string> = {
  Started: 'Transaction.Begin',
  Updated: 'Sample.Periodic',
  Ended: 'Transaction.End',
};
const MINUTES: Record<string, number> = { Started: 0, Updated: 30, Ended: 60 };

export const idToken = (tag: string, type = 'ISO14443'): Payload => ({ idToken: tag, type });

/** Payload of a TransactionEvent, good unless `options` make it otherwise. */
export function transactionEvent(
  eventType: string,
  transactionId: string,
  seqNo: number,
  { tag, wh, info = {}, ...more }: EventOptions,
): Payload {
  const timestamp = (more['timestamp'] as string | undefined) ?? at(MINUTES[eventType] ?? 0);
  const sampledValue = [{ value: wh, context: CONTEXTS[eventType] }];
  return {
    eventType,
    timestamp,
    seqNo,
    transactionInfo: { transactionId, ...(eventType === 'Ended' ? { stoppedReason: 'Local' } : {}), ...info },
    ...(tag === undefined ? {} : { idToken: idToken(tag) }),
    ...(wh === undefined ? {} : { meterValue: [{ timestamp, sampledValue }] }),
    ...more,
  };
}

/** `meterValue` of these sampled values, at once. */
export const readings = (timestamp: string, ...sampledValue: Payload[]): Payload => ({
  meterValue: [{ timestamp, sampledValue }],
});
