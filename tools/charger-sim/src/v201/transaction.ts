import { randomUUID } from 'node:crypto';
import type { ChargerPort } from '../charger-port.ts';
import type { ChargingSession, StopCause } from '../connector.ts';
import type { Payload, TransactionMessage } from '../message.ts';
import type { Transaction } from '../station.ts';
import { meterValue, type Request } from './messages.ts';

type TransactionEvent = Request<'TransactionEvent'>;
type IdToken = NonNullable<TransactionEvent['idToken']>;

const STOPPED: Record<
  StopCause,
  { reason: TransactionEvent['transactionInfo']['stoppedReason']; trigger: TransactionEvent['triggerReason'] }
> = {
  Local: { reason: 'Local', trigger: 'StopAuthorized' },
  Remote: { reason: 'Remote', trigger: 'RemoteStop' },
  SoftReset: { reason: 'Reboot', trigger: 'ResetCommand' },
  HardReset: { reason: 'ImmediateReset', trigger: 'ResetCommand' },
  DeAuthorized: { reason: 'DeAuthorized', trigger: 'Deauthorized' },
  UnlockCommand: { reason: 'Other', trigger: 'UnlockCommand' },
};

const ROLES = { Started: 'start', Updated: 'update', Ended: 'stop' } as const;

/** TransactionEvent Started, Updated, Ended (OCPP 2.0.1 E); the station makes the id and counts the events. */
export class Transaction201 implements Transaction {
  readonly #charger: ChargerPort;
  readonly #session: ChargingSession;
  readonly #id = randomUUID();
  #seqNo = 0;
  #chargingState: TransactionEvent['transactionInfo']['chargingState'] = 'EVConnected';

  constructor(charger: ChargerPort, session: ChargingSession) {
    this.#charger = charger;
    this.#session = session;
    session.transactionId = this.#id;
  }

  started(): TransactionMessage {
    const { connector, remote, reservationId } = this.#session;
    return this.#event({
      eventType: 'Started',
      triggerReason: remote ? 'RemoteStart' : 'Authorized',
      context: 'Transaction.Begin',
      // E: evse in the first event after the EV connected, idToken when it was presented.
      more: {
        evse: { id: connector.number, connectorId: 1 },
        idToken: this.#idToken(),
        ...(reservationId === undefined ? {} : { reservationId }),
      },
      info: remote?.remoteStartId === undefined ? {} : { remoteStartId: remote.remoteStartId },
    });
  }

  charging(): TransactionMessage {
    this.#chargingState = 'Charging';
    return this.#event({ eventType: 'Updated', triggerReason: 'ChargingStateChanged' });
  }

  metered(why: 'Periodic' | 'Trigger'): TransactionMessage {
    const [triggerReason, context] =
      why === 'Periodic' ? (['MeterValuePeriodic', 'Sample.Periodic'] as const) : (['Trigger', 'Trigger'] as const);
    return this.#event({ eventType: 'Updated', triggerReason, context });
  }

  ended(cause: StopCause): TransactionMessage {
    const { reason, trigger } = STOPPED[cause];
    this.#chargingState = 'EVConnected';
    return this.#event({
      eventType: 'Ended',
      triggerReason: trigger,
      context: 'Transaction.End',
      more: cause === 'Local' ? { idToken: this.#idToken() } : {},
      info: { stoppedReason: reason },
    });
  }

  #idToken(): IdToken {
    const type = (this.#session.idTokenType ?? 'ISO14443') as IdToken['type'];
    return { idToken: this.#session.idToken, type };
  }

  #event(what: {
    eventType: TransactionEvent['eventType'];
    triggerReason: TransactionEvent['triggerReason'];
    context?: Parameters<typeof meterValue>[1];
    more?: Partial<TransactionEvent>;
    info?: Partial<TransactionEvent['transactionInfo']>;
  }): TransactionMessage {
    const reading = this.#charger.read(this.#session.connector);
    const payload: TransactionEvent = {
      eventType: what.eventType,
      timestamp: reading.at.toISOString(),
      triggerReason: what.triggerReason,
      seqNo: this.#seqNo,
      ...(this.#charger.online ? {} : { offline: true }),
      transactionInfo: { transactionId: this.#id, chargingState: this.#chargingState, ...what.info },
      ...what.more,
      ...(what.context ? { meterValue: [meterValue(reading, what.context)] } : {}),
    };
    this.#seqNo += 1;
    return {
      ...this.#session.about(ROLES[what.eventType], reading),
      action: 'TransactionEvent',
      payload: () => payload,
      acknowledged: (answer) => this.#answered(answer),
    };
  }

  #answered(answer: Payload): void {
    const { idTokenInfo } = answer as { idTokenInfo?: { status: string } };
    if (idTokenInfo) this.#session.tokenStatus(idTokenInfo.status);
  }
}
