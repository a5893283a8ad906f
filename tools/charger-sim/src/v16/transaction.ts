import type { ChargerPort } from '../charger-port.ts';
import type { ChargingSession, StopCause } from '../connector.ts';
import type { Payload, TransactionMessage } from '../message.ts';
import type { Transaction } from '../station.ts';
import { meterValue, type Request } from './messages.ts';

/** StartTransaction, MeterValues, StopTransaction (OCPP 1.6 4.8, 4.7, 4.10). */
export class Transaction16 implements Transaction {
  readonly #charger: ChargerPort;
  readonly #session: ChargingSession;
  /** Errata 3.18: -1 until the central system has given a number. */
  #id = -1;

  constructor(charger: ChargerPort, session: ChargingSession) {
    this.#charger = charger;
    this.#session = session;
  }

  started(): TransactionMessage {
    const { connector, idToken, reservationId } = this.#session;
    const reading = this.#charger.read(connector);
    const { at, energyWh } = reading;
    const payload: Request<'StartTransaction'> = {
      connectorId: connector.number,
      idTag: idToken,
      meterStart: energyWh,
      timestamp: at.toISOString(),
      ...(reservationId === undefined ? {} : { reservationId }),
    };
    return {
      ...this.#session.about('start', reading),
      action: 'StartTransaction',
      payload: () => payload,
      acknowledged: (answer) => this.#startAnswered(answer),
    };
  }

  charging(): null {
    return null;
  }

  metered(why: 'Periodic' | 'Trigger'): TransactionMessage {
    const { connector } = this.#session;
    const reading = this.#charger.read(connector);
    const payload = (): Request<'MeterValues'> => ({
      connectorId: connector.number,
      transactionId: this.#id,
      meterValue: [meterValue(reading, why === 'Periodic' ? 'Sample.Periodic' : 'Trigger')],
    });
    return { ...this.#session.about('update', reading), action: 'MeterValues', payload };
  }

  ended(cause: StopCause): TransactionMessage {
    const { connector, idToken } = this.#session;
    const reading = this.#charger.read(connector);
    const payload = (): Request<'StopTransaction'> => ({
      transactionId: this.#id,
      meterStop: reading.energyWh,
      timestamp: reading.at.toISOString(),
      reason: cause,
      // 4.10: the idTag of whoever stopped it; a driver did only when it ended here.
      ...(cause === 'Local' ? { idTag: idToken } : {}),
      transactionData: [meterValue(reading, 'Transaction.End')],
    });
    return { ...this.#session.about('stop', reading), action: 'StopTransaction', payload };
  }

  #startAnswered(answer: Payload): void {
    const { transactionId, idTagInfo } = answer as { transactionId: number; idTagInfo?: { status?: string } };
    this.#id = transactionId;
    this.#session.transactionId = String(transactionId);
    this.#charger.log('transaction started', { transactionId });
    this.#session.tokenStatus(idTagInfo?.status ?? 'Invalid');
  }
}
