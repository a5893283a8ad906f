import { expect } from '@jest/globals';
import type { ConnectOptions } from '@ocpp-gw/testing';
import { OcttStation, type Payload, registering, time } from '../octt-station.ts';
import type { Stack } from '../stack.ts';

export { type Payload, time } from '../octt-station.ts';

/** Id tags that the backend knows (ID_TOKENS); any other is accepted too. */
export const TAG = 'OCTT-TAG';

/** What the backend of the conformance run says of id tags. */
export const ID_TOKENS = {
  'OCTT-INVALID': { status: 'Unknown' },
  'OCTT-EXPIRED': { status: 'Expired' },
  'OCTT-BLOCKED': { status: 'Blocked' },
  'OCTT-SISTER': { status: 'Accepted', group_id_token: { id_token: 'OCTT-FAMILY' } },
  'OCTT-BROTHER': { status: 'Accepted', group_id_token: { id_token: 'OCTT-FAMILY' } },
};

export interface Start {
  connectorId?: number;
  idTag?: string;
  meterStart?: number;
  reservationId?: number;
  timestamp?: string;
}

export interface Stop {
  transactionId: number;
  meterStop?: number;
  reason?: string;
  idTag?: string;
  timestamp?: string;
  transactionData?: object[];
}

/** The test tool of a 1.6 case: the charge point on the wire, and the operator at REST. */
export class Octt extends OcttStation {
  constructor(stack: Stack, cpId: string) {
    super(stack, cpId, 'ocpp1.6');
  }

  async boot(more: Payload = {}): Promise<void> {
    await this.bootedWith({ chargePointVendor: 'OCTT', chargePointModel: 'O1', ...more });
  }

  /** A reset as the station does it: the link goes, and comes back with a boot. */
  async reboot(options: Partial<ConnectOptions> = {}): Promise<void> {
    await this.disconnect();
    await this.connect(options);
    await this.boot();
  }

  async status(connectorId: number, status: string, errorCode = 'NoError'): Promise<void> {
    const payload = { connectorId, status, errorCode, timestamp: time() };
    expect(await this.call('StatusNotification', payload)).toEqual({});
  }

  /** @returns idTagInfo */
  async authorize(idTag = TAG): Promise<Payload> {
    const { idTagInfo, ...rest } = await this.call('Authorize', { idTag });
    expect(rest).toEqual({});
    return idTagInfo as Payload;
  }

  async start(start: Start = {}): Promise<{ transactionId: number; idTagInfo: Payload }> {
    const answer = await this.call('StartTransaction', {
      connectorId: 1,
      idTag: TAG,
      meterStart: 1000,
      timestamp: time(),
      ...start,
    });
    expect(answer).toEqual({ transactionId: expect.any(Number), idTagInfo: expect.any(Object) });
    expect(answer['transactionId']).toBeGreaterThan(0);
    return answer as { transactionId: number; idTagInfo: Payload };
  }

  /** A start that is accepted, and the connector that charges. @returns transactionId */
  async charge(start: Start = {}): Promise<number> {
    const { transactionId, idTagInfo } = await this.start(start);
    expect(idTagInfo).toMatchObject({ status: 'Accepted' });
    await this.status(start.connectorId ?? 1, 'Charging');
    return transactionId;
  }

  async stop(stop: Stop): Promise<Payload> {
    const answer = await this.call('StopTransaction', { meterStop: 3500, timestamp: time(), ...stop });
    expect(Object.keys(answer).filter((key) => key !== 'idTagInfo')).toEqual([]);
    return answer;
  }
}

/** Makes the charge points of a suite; each leaves when its case ends. */
export function charging(stack: () => Stack): {
  /** Registered by the operator, not connected. */
  registered(cpId: string, settings?: object): Promise<Octt>;
  /** Registered, connected, booted, one connector Available. */
  booted(cpId: string, boot?: Payload): Promise<Octt>;
} {
  const registered = registering((cpId) => new Octt(stack(), cpId));
  return {
    registered,
    async booted(cpId, boot) {
      const octt = await registered(cpId);
      await octt.connect();
      await octt.boot(boot);
      await octt.status(0, 'Available');
      await octt.status(1, 'Available');
      return octt;
    },
  };
}
