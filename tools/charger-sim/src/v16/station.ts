import type { Messages, OutboundAction } from '@ocpp-gw/ocpp-v16/commands';
import { CertificateStore } from '../certificate-store.ts';
import type { ChargerPort } from '../charger-port.ts';
import type { ChargingSession, Connector } from '../connector.ts';
import { LocalList } from '../local-list.ts';
import type { Message, Payload, Reply } from '../message.ts';
import { ProfileStore } from '../profile-store.ts';
import { StagedJob } from '../staged-job.ts';
import type { Station, Transaction } from '../station.ts';
import { Configuration } from './configuration.ts';
import { message, meterValue, type Request } from './messages.ts';
import { Transaction16 } from './transaction.ts';

type Status = Request<'StatusNotification'>['status'];
type Profile = Request<'SetChargingProfile'>['csChargingProfiles'];

/** What this charger answers to each CALL a central system may send. A new schema breaks the build until it is here. */
export type Answers = {
  [Action in OutboundAction]: (station: Station16, request: Request<Action>) => Reply<Messages[Action]['response']>;
};

/** An OCPP 1.6 charge point. */
export class Station16 implements Station {
  readonly subprotocol = 'ocpp1.6';
  readonly charger: ChargerPort;
  readonly configuration: Configuration;
  readonly localList = new LocalList<object>();
  readonly profiles = new ProfileStore<Profile>();
  readonly certificates = new CertificateStore<Request<'InstallCertificate'>['certificateType']>();
  readonly diagnostics: StagedJob<Request<'DiagnosticsStatusNotification'>['status']>;
  readonly log: StagedJob<Request<'LogStatusNotification'>['status']>;
  readonly firmware: StagedJob<Request<'FirmwareStatusNotification'>['status']>;
  readonly signedFirmware: StagedJob<Request<'SignedFirmwareStatusNotification'>['status']>;
  firmwareVersion = '1.0.0';
  readonly #answers: Answers;

  constructor(charger: ChargerPort, answers: Answers) {
    this.charger = charger;
    this.#answers = answers;
    this.configuration = new Configuration(charger);
    this.diagnostics = new StagedJob(charger);
    this.log = new StagedJob(charger);
    this.firmware = new StagedJob(charger);
    this.signedFirmware = new StagedJob(charger);
  }

  get serialNumber(): string {
    return `SIM-${this.charger.settings.id}`.slice(0, 25);
  }

  boot(): Message {
    return message('BootNotification', {
      chargePointVendor: 'OCPP Gateway',
      chargePointModel: 'Simulator',
      chargePointSerialNumber: this.serialNumber,
      firmwareVersion: this.firmwareVersion,
    });
  }

  statusOf(connector: Connector): Status {
    switch (connector.phase) {
      case 'plugged':
        return 'Preparing';
      case 'charging':
        return 'Charging';
      case 'finishing':
        return 'Finishing';
      case 'idle':
        if (!connector.operative) return 'Unavailable';
        return connector.reservation ? 'Reserved' : 'Available';
    }
  }

  status(connector: Connector | null): Message {
    const { connectors } = this.charger;
    // 4.9: connector 0 is the charge point, and knows only Available, Unavailable and Faulted.
    const whole: Status = connectors.some(({ operative }) => operative) ? 'Available' : 'Unavailable';
    return message('StatusNotification', {
      connectorId: connector?.number ?? 0,
      errorCode: 'NoError',
      status: connector ? this.statusOf(connector) : whole,
      timestamp: this.charger.clock().toISOString(),
    });
  }

  authorize(idToken: string): Message {
    return message('Authorize', { idTag: idToken });
  }

  authorizationStatus(answer: Payload): string {
    return (answer as { idTagInfo?: { status?: string } }).idTagInfo?.status ?? 'Invalid';
  }

  transaction(session: ChargingSession): Transaction {
    return new Transaction16(this.charger, session);
  }

  /** 1.6 tells an expired reservation by the connector's status alone. */
  reservationExpired(): null {
    return null;
  }

  /** Meter values outside the periodic ones. */
  meterValues(connector: Connector): Message {
    const transactionId = Number(connector.session?.transactionId ?? NaN);
    return message('MeterValues', {
      connectorId: connector.number,
      ...(Number.isNaN(transactionId) ? {} : { transactionId }),
      meterValue: [meterValue(this.charger.read(connector), 'Trigger')],
    });
  }

  securityEvent(type: string): Message {
    return message('SecurityEventNotification', { type, timestamp: this.charger.clock().toISOString() });
  }

  answer(action: string, payload: Payload): Reply | null {
    if (!Object.hasOwn(this.#answers, action)) return null;
    return this.#answers[action as OutboundAction](this, payload as never);
  }
}
