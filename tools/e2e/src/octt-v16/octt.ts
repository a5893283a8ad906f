import { afterEach, expect } from '@jest/globals';
import { type ConnectOptions, FakeCharger } from '@ocpp-gw/testing';
import { rest, type RestAnswer, type Stack } from '../stack.ts';

export type Payload = Record<string, unknown>;

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

/** How far clocks may differ in the labs, milliseconds. */
const CLOCK_TOLERANCE_MS = 4000;

/** Now, or a moment some seconds from it. */
export const time = (offsetSeconds = 0): string => new Date(Date.now() + offsetSeconds * 1000).toISOString();

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

/** The test tool of a case: the charge point on the wire, and the operator at REST. */
export class Octt {
  readonly cpId: string;
  readonly stack: Stack;
  private connection: FakeCharger | undefined;

  constructor(stack: Stack, cpId: string) {
    this.stack = stack;
    this.cpId = cpId;
  }

  get charger(): FakeCharger {
    if (!this.connection) throw new Error(`${this.cpId} is not connected`);
    return this.connection;
  }

  /** What came and was neither an answer nor answered. */
  get unread(): readonly unknown[] {
    return this.connection?.unread ?? [];
  }

  async connect(options: Partial<ConnectOptions> = {}): Promise<void> {
    this.connection = await FakeCharger.connect({ url: this.stack.edgeUrls[0], cpId: this.cpId, ...options });
  }

  async disconnect(): Promise<void> {
    await this.connection?.close();
  }

  /** The link dies without a closing handshake. */
  loseConnection(): void {
    this.charger.terminate();
  }

  async boot(more: Payload = {}): Promise<void> {
    const answer = await this.call('BootNotification', { chargePointVendor: 'OCTT', chargePointModel: 'O1', ...more });
    expect(answer).toEqual({ status: 'Accepted', currentTime: expect.any(String), interval: expect.any(Number) });
    expect(answer['interval']).toBeGreaterThan(0);
    expect(Math.abs(Date.parse(String(answer['currentTime'])) - Date.now())).toBeLessThan(CLOCK_TOLERANCE_MS);
  }

  /** A reset as the station does it: the link goes, and comes back with a boot. */
  async reboot(options: Partial<ConnectOptions> = {}): Promise<void> {
    await this.disconnect();
    await this.connect(options);
    await this.boot();
  }

  call(action: string, payload: object = {}): Promise<Payload> {
    return this.charger.call(action, payload);
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

  /** A command of the operator and the one CALL it causes, which the charge point answers with `reply`. */
  async command(
    slug: string,
    body: object,
    action: string,
    reply: object | ((sent: Payload) => object),
  ): Promise<{ sent: Payload; heard: Payload }> {
    const calls: Payload[] = [];
    this.charger.answer(action, (payload) => {
      calls.push(payload);
      return typeof reply === 'function' ? (reply as (sent: Payload) => object)(payload) : reply;
    });
    const heard = await this.operator('POST', `/commands/${slug}`, body);
    expect(heard).toMatchObject({ status: 200, body: { action } });
    expect(calls).toHaveLength(1);
    return { sent: calls[0] as Payload, heard: heard.body };
  }

  operator(method: string, path: string, body?: object): Promise<RestAnswer> {
    return rest(this.stack, method, `/charge-points/${encodeURIComponent(this.cpId)}${path}`, body);
  }

  /** What the operator reads of the charge point. */
  async read(path = ''): Promise<Payload> {
    const answer = await this.operator('GET', path);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  }

  async list(path: string): Promise<Payload[]> {
    return (await this.read(path))['items'] as Payload[];
  }

  async transactions(): Promise<Payload[]> {
    const answer = await rest(this.stack, 'GET', `/transactions?cp_id=${encodeURIComponent(this.cpId)}`);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body['items'] as Payload[];
  }

  /** The one transaction of the case. */
  async transaction(): Promise<Payload> {
    const transactions = await this.transactions();
    expect(transactions).toHaveLength(1);
    return transactions[0] as Payload;
  }

  async connectorStatus(connectorId: number): Promise<unknown> {
    const connectors = (await this.read())['connectors'] as Payload[];
    return connectors.find((one) => one['evse_id'] === connectorId)?.['status'];
  }
}

/** Makes the charge points of a suite; each leaves when its case ends. */
export function charging(stack: () => Stack): {
  /** Registered by the operator, not connected. */
  registered(cpId: string, settings?: object): Promise<Octt>;
  /** Registered, connected, booted, one connector Available. */
  booted(cpId: string, boot?: Payload): Promise<Octt>;
} {
  const present: Octt[] = [];
  afterEach(async () => {
    const leaving = present.splice(0);
    await Promise.all(leaving.map((octt) => octt.disconnect()));
    // Nothing came but what the operator caused.
    for (const octt of leaving) expect(octt.unread).toEqual([]);
  });
  const registered = async (cpId: string, settings: object = { security_profile: 0 }): Promise<Octt> => {
    const octt = new Octt(stack(), cpId);
    expect(await octt.operator('PUT', '', settings)).toMatchObject({ status: 201, body: { cp_id: cpId } });
    present.push(octt);
    return octt;
  };
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
