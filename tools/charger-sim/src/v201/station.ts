import type { Messages, OutboundAction } from '@ocpp-gw/ocpp-v201/commands';
import { CertificateStore } from '../certificate-store.ts';
import type { ChargerPort } from '../charger-port.ts';
import type { ChargingSession, Connector } from '../connector.ts';
import { CallError } from '../errors.ts';
import { LocalList } from '../local-list.ts';
import type { Message, Payload, Reply } from '../message.ts';
import { ProfileStore } from '../profile-store.ts';
import { StagedJob } from '../staged-job.ts';
import type { BootCause, Station, Transaction } from '../station.ts';
import { DeviceModel } from './device-model.ts';
import { message, meterValue, type Request } from './messages.ts';
import { Monitors } from './monitors.ts';
import { Transaction201 } from './transaction.ts';

type Status = Request<'StatusNotification'>['connectorStatus'];
type Profile = Request<'SetChargingProfile'>['chargingProfile'];
type IdToken = Request<'Authorize'>['idToken'];
export type DisplayMessage = Request<'SetDisplayMessage'>['message'];

/** What this charger answers to each CALL a CSMS may send. A new schema breaks the build until it is here. */
export type Answers = {
  [Action in OutboundAction]: (station: Station201, request: Request<Action>) => Reply<Messages[Action]['response']>;
};

/** An OCPP 2.0.1 charging station: each EVSE has one connector. */
export class Station201 implements Station {
  readonly subprotocol = 'ocpp2.0.1';
  readonly charger: ChargerPort;
  readonly deviceModel: DeviceModel;
  readonly monitors = new Monitors();
  readonly localList = new LocalList<object>();
  readonly profiles = new ProfileStore<Profile>();
  readonly certificates = new CertificateStore<Request<'InstallCertificate'>['certificateType']>();
  readonly display = new Map<number, DisplayMessage>();
  readonly log: StagedJob<Request<'LogStatusNotification'>['status']>;
  readonly firmware: StagedJob<Request<'FirmwareStatusNotification'>['status']>;
  readonly publishing: StagedJob<Request<'PublishFirmwareStatusNotification'>['status']>;
  /** Checksums of firmware published to local stations. */
  readonly published = new Set<string>();
  firmwareVersion = '1.0.0';
  readonly #answers: Answers;

  constructor(charger: ChargerPort, answers: Answers) {
    this.charger = charger;
    this.#answers = answers;
    this.deviceModel = new DeviceModel(charger);
    this.log = new StagedJob(charger);
    this.firmware = new StagedJob(charger);
    this.publishing = new StagedJob(charger);
  }

  get serialNumber(): string {
    return `SIM-${this.charger.settings.id}`.slice(0, 25);
  }

  boot(cause: BootCause): Message {
    return message('BootNotification', {
      reason: cause,
      chargingStation: {
        vendorName: 'OCPP Gateway',
        model: 'Simulator',
        serialNumber: this.serialNumber,
        firmwareVersion: this.firmwareVersion,
      },
    });
  }

  statusOf(connector: Connector): Status {
    if (connector.phase !== 'idle') return 'Occupied';
    if (!connector.operative) return 'Unavailable';
    return connector.reservation ? 'Reserved' : 'Available';
  }

  /** 2.0.1 reports connectors only. */
  status(connector: Connector | null): Message | null {
    if (!connector) return null;
    return message('StatusNotification', {
      timestamp: this.charger.clock().toISOString(),
      connectorStatus: this.statusOf(connector),
      evseId: connector.number,
      connectorId: 1,
    });
  }

  authorize(idToken: string, idTokenType = 'ISO14443'): Message {
    return message('Authorize', { idToken: { idToken, type: idTokenType as IdToken['type'] } });
  }

  authorizationStatus(answer: Payload): string {
    return (answer as { idTokenInfo?: { status?: string } }).idTokenInfo?.status ?? 'Invalid';
  }

  transaction(session: ChargingSession): Transaction {
    return new Transaction201(this.charger, session);
  }

  reservationExpired(reservationId: number): Message {
    return message('ReservationStatusUpdate', { reservationId, reservationUpdateStatus: 'Expired' });
  }

  /** Meter values outside a transaction. */
  meterValues(connector: Connector): Message {
    return message('MeterValues', {
      evseId: connector.number,
      meterValue: [meterValue(this.charger.read(connector), 'Trigger')],
    });
  }

  securityEvent(type: string): Message {
    return message('SecurityEventNotification', { type, timestamp: this.charger.clock().toISOString() });
  }

  answer(action: string, payload: Payload): Reply | null {
    // B03.FR.03: a rejected station answers nothing but the trigger that makes it boot again.
    if (this.charger.registration === 'Rejected' && action !== 'TriggerMessage')
      throw new CallError('SecurityError', 'the station is rejected');
    if (!Object.hasOwn(this.#answers, action)) return null;
    return this.#answers[action as OutboundAction](this, payload as never);
  }
}
