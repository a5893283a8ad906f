import { expect } from '@jest/globals';
import type { ConnectOptions } from '@ocpp-gw/testing';
import { OcttStation, type Payload, registering, time } from '../octt-station.ts';
import type { Stack } from '../stack.ts';
import { ScriptedTransaction, type TransactionOptions } from './scripted-transaction.ts';

export { type Payload, time } from '../octt-station.ts';
export { ACCEPTED, ScriptedTransaction, TAG, token, type EventOptions } from './scripted-transaction.ts';

/** The group whose tokens may stop each other's transactions, and the one that may stop any (C16). */
export const [FAMILY, MASTER_GROUP] = ['OCTT-FAMILY', 'OCTT-MASTER-GROUP'];

/** What the backend of the conformance run says of id tokens; any other is accepted. */
export const ID_TOKENS = {
  'OCTT-INVALID': { status: 'Invalid' },
  'OCTT-UNKNOWN': { status: 'Unknown' },
  'OCTT-EXPIRED': { status: 'Expired' },
  'OCTT-BLOCKED': { status: 'Blocked' },
  'OCTT-SISTER': { status: 'Accepted', group_id_token: { id_token: FAMILY, type: 'Central' } },
  'OCTT-BROTHER': { status: 'Accepted', group_id_token: { id_token: FAMILY, type: 'Central' } },
  'OCTT-MASTER': { status: 'Accepted', group_id_token: { id_token: MASTER_GROUP, type: 'Central' } },
};

/** groupIdToken as the wire has it. */
export const group = (idToken: string): object => ({ groupIdToken: { idToken, type: 'Central' } });

export interface BootOptions {
  reason?: string;
  /** More of chargingStation. */
  station?: object;
  /** What the answer says. */
  status?: string;
}

/** The test tool of a 2.0.1 case: the charging station on the wire, and the operator at REST. */
export class Octt extends OcttStation {
  constructor(stack: Stack, cpId: string) {
    super(stack, cpId, 'ocpp2.0.1');
  }

  async boot({ reason = 'PowerUp', station = {}, status }: BootOptions = {}): Promise<void> {
    await this.bootedWith({ reason, chargingStation: { vendorName: 'OCTT', model: 'O2', ...station } }, status);
  }

  /** A reset as the station does it: the link goes, and comes back with a boot. */
  async reboot(reason = 'RemoteReset', options: Partial<ConnectOptions> = {}): Promise<void> {
    await this.disconnect();
    await this.connect(options);
    await this.boot({ reason });
  }

  /** Both ways a 2.0.1 station tells it: StatusNotification, and the variable AvailabilityState (G01). */
  async status(connectorStatus: string, evseId = 1, connectorId = 1): Promise<void> {
    const payload = { evseId, connectorId, connectorStatus, timestamp: time() };
    expect(await this.call('StatusNotification', payload)).toEqual({});
    await this.notifies({
      component: { name: 'Connector', evse: { id: evseId, connectorId } },
      variable: { name: 'AvailabilityState' },
      actualValue: connectorStatus,
    });
  }

  /** NotifyEvent with one event (N07, N08). */
  async notifies(event: { component: object; variable: object; actualValue: string } & Payload): Promise<void> {
    const eventData = [
      { eventId: 1, timestamp: time(), trigger: 'Delta', eventNotificationType: 'HardWiredNotification', ...event },
    ];
    expect(await this.call('NotifyEvent', { generatedAt: time(), seqNo: 0, tbc: false, eventData })).toEqual({});
  }

  /** @returns idTokenInfo */
  async authorize(idToken: object, more: object = {}): Promise<Payload> {
    const { idTokenInfo, ...rest } = await this.call('Authorize', { idToken, ...more });
    expect(rest).toEqual({});
    return idTokenInfo as Payload;
  }

  /** A transaction that the station will tell; no message yet. */
  begin(options: TransactionOptions = {}): ScriptedTransaction {
    return new ScriptedTransaction(this, options);
  }

  /** Started by cable, authorized, and energy flows. */
  async charging(options: TransactionOptions = {}): Promise<ScriptedTransaction> {
    const transaction = this.begin(options);
    await this.status('Occupied', transaction.evse.id);
    await transaction.plugIn();
    await transaction.authorized();
    await transaction.flows();
    return transaction;
  }
}

/** Makes the charging stations of a suite; each leaves when its case ends. */
export function charging(stack: () => Stack): {
  /** Registered by the operator, not connected. */
  registered(cpId: string, settings?: object): Promise<Octt>;
  /** Registered, connected, booted, one EVSE Available. */
  booted(cpId: string, boot?: BootOptions): Promise<Octt>;
} {
  const registered = registering((cpId) => new Octt(stack(), cpId));
  return {
    registered,
    async booted(cpId, boot) {
      const octt = await registered(cpId);
      await octt.connect();
      await octt.boot(boot);
      await octt.status('Available');
      return octt;
    },
  };
}
