import { afterEach, expect } from '@jest/globals';
import { type ConnectOptions, FakeCharger } from '@ocpp-gw/testing';
import { rest, type RestAnswer, type Stack } from './stack.ts';

export type Payload = Record<string, unknown>;

/** How far clocks may differ in the labs, milliseconds. */
const CLOCK_TOLERANCE_MS = 4000;

/** Now, or a moment some seconds from it. */
export const time = (offsetSeconds = 0): string => new Date(Date.now() + offsetSeconds * 1000).toISOString();

/** The test tool of a case, in any version: the station on the wire, and the operator at REST. */
export class OcttStation {
  readonly cpId: string;
  readonly stack: Stack;
  readonly #protocol: string;
  #connection: FakeCharger | undefined;

  constructor(stack: Stack, cpId: string, protocol: string) {
    this.stack = stack;
    this.cpId = cpId;
    this.#protocol = protocol;
  }

  get charger(): FakeCharger {
    if (!this.#connection) throw new Error(`${this.cpId} is not connected`);
    return this.#connection;
  }

  /** What came and was neither an answer nor answered. */
  get unread(): readonly unknown[] {
    return this.#connection?.unread ?? [];
  }

  async connect(options: Partial<ConnectOptions> = {}): Promise<void> {
    const [url] = this.stack.edgeUrls;
    this.#connection = await FakeCharger.connect({ url, cpId: this.cpId, protocols: [this.#protocol], ...options });
  }

  async disconnect(): Promise<void> {
    await this.#connection?.close();
  }

  /** The link dies without a closing handshake. */
  loseConnection(): void {
    this.charger.terminate();
  }

  call(action: string, payload: object = {}): Promise<Payload> {
    return this.charger.call(action, payload);
  }

  /** The boot's answer has exactly the three fields that every version has. */
  async bootedWith(payload: object, status = 'Accepted'): Promise<Payload> {
    const answer = await this.call('BootNotification', payload);
    expect(answer).toEqual({ status, currentTime: expect.any(String), interval: expect.any(Number) });
    expect(answer['interval']).toBeGreaterThan(0);
    expect(Math.abs(Date.parse(String(answer['currentTime'])) - Date.now())).toBeLessThan(CLOCK_TOLERANCE_MS);
    return answer;
  }

  /** A command of the operator and the one CALL it causes, which the station answers with `reply`. */
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

  async connectorStatus(evseId: number): Promise<unknown> {
    const connectors = (await this.read())['connectors'] as Payload[];
    return connectors.find((one) => one['evse_id'] === evseId)?.['status'];
  }
}

/** Makes the stations of a suite, registered by the operator and not connected; each leaves when its case ends. */
export function registering<Station extends OcttStation>(
  make: (cpId: string) => Station,
): (cpId: string, settings?: object) => Promise<Station> {
  const present: Station[] = [];
  afterEach(async () => {
    const leaving = present.splice(0);
    await Promise.all(leaving.map((octt) => octt.disconnect()));
    // Nothing came but what the operator caused.
    for (const octt of leaving) expect(octt.unread).toEqual([]);
  });
  return async (cpId, settings = { security_profile: 0 }) => {
    const octt = make(cpId);
    expect(await octt.operator('PUT', '', settings)).toMatchObject({ status: 201, body: { cp_id: cpId } });
    present.push(octt);
    return octt;
  };
}
