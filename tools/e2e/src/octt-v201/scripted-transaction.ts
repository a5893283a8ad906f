import { expect } from '@jest/globals';
import { type OcttStation, type Payload, time } from '../octt-station.ts';

/** An id token that the backend accepts (ID_TOKENS names those it does not). */
export const TAG = 'OCTT-TAG';

/** What is answered to an event that carries a good token. */
export const ACCEPTED = { idTokenInfo: { status: 'Accepted' } };

/** idToken as the wire has it. */
export const token = (idToken = TAG, type = 'ISO14443'): { idToken: string; type: string } => ({ idToken, type });

export interface TransactionOptions {
  transactionId?: string;
  evseId?: number;
}

/** What an event says besides its type and trigger; `info` is more of transactionInfo, `wh` the energy register. */
export interface EventOptions {
  info?: object;
  idToken?: object;
  wh?: number;
  /** Context of the register. */
  context?: string;
  /** Any other field; the last word. */
  more?: object;
  /** The whole answer; idTokenInfo Accepted where there is a token, else nothing. */
  answer?: object;
}

/** One transaction as the station tells it (E01 to E15): numbers its events, names its EVSE in the first. */
export class ScriptedTransaction {
  readonly transactionId: string;
  readonly evse: { id: number; connectorId: number };
  seqNo = 0;
  readonly #station: OcttStation;
  #sentEvse = false;

  constructor(station: OcttStation, { transactionId = `${station.cpId}-T1`, evseId = 1 }: TransactionOptions) {
    this.#station = station;
    this.transactionId = transactionId;
    this.evse = { id: evseId, connectorId: 1 };
  }

  started(triggerReason: string, options: EventOptions = {}): Promise<void> {
    return this.event('Started', triggerReason, { context: 'Transaction.Begin', ...options });
  }

  updated(triggerReason: string, options: EventOptions = {}): Promise<void> {
    return this.event('Updated', triggerReason, { context: 'Sample.Periodic', ...options });
  }

  /** stoppedReason is Local when `info` says no other. */
  ended(triggerReason: string, { info = {}, ...options }: EventOptions = {}): Promise<void> {
    return this.event('Ended', triggerReason, {
      context: 'Transaction.End',
      info: { stoppedReason: 'Local', ...info },
      ...options,
    });
  }

  /** The EV is there and nobody has authorized yet: how most transactions start. */
  plugIn(options: EventOptions = {}): Promise<void> {
    return this.started('CablePluggedIn', { info: { chargingState: 'EVConnected' }, wh: 1000, ...options });
  }

  authorized(idToken: object = token(), options: EventOptions = {}): Promise<void> {
    return this.updated('Authorized', { info: { chargingState: 'EVConnected' }, idToken, ...options });
  }

  flows(options: EventOptions = {}): Promise<void> {
    return this.updated('ChargingStateChanged', { info: { chargingState: 'Charging' }, ...options });
  }

  /** Without an EVSE while no EV is connected: `more: { evse: undefined }`. */
  event(eventType: string, triggerReason: string, options: EventOptions): Promise<void> {
    const payload = this.payload(eventType, triggerReason, options);
    return this.send(payload, options.answer ?? (options.idToken ? ACCEPTED : {}));
  }

  /** Tells an event, or tells it again. */
  async send(payload: Payload, answer: object = {}): Promise<void> {
    expect(await this.#station.call('TransactionEvent', payload)).toEqual(answer);
  }

  /** The next event, not sent. */
  payload(eventType: string, triggerReason: string, options: EventOptions = {}): Payload {
    const { info = {}, idToken, wh, context, more = {} } = options;
    const timestamp = time();
    const payload: Payload = {
      eventType,
      timestamp,
      triggerReason,
      seqNo: this.seqNo++,
      transactionInfo: { transactionId: this.transactionId, ...info },
      ...(this.#sentEvse ? {} : { evse: this.evse }),
      ...(idToken ? { idToken } : {}),
      ...(wh === undefined ? {} : { meterValue: [{ timestamp, sampledValue: [{ value: wh, context }] }] }),
      ...more,
    };
    this.#sentEvse ||= payload['evse'] !== undefined;
    return payload;
  }
}
