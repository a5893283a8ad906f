import type { Conversation, RecordedMessage } from '../conversation.ts';
import { findingsOf } from '../findings/findings.ts';
import type { FindingKind } from '../findings/kinds.ts';
import { recordedMessage } from '../recorded-message.ts';

export const VERSIONS = ['1.6', '2.0.1'] as const;
export type Version = (typeof VERSIONS)[number];

type Payload = Readonly<Record<string, unknown>>;
/** null: none; a text: the code of a CALLERROR. */
type Answer = Payload | string | null;

interface Options {
  /** Seconds until the answer. */
  afterS?: number;
  /** Seconds by which the charge point's clock is ahead. */
  clockS?: number;
}

/** Writes a conversation as a charge point of either version has it. Each CALL is answered at once, unless it says otherwise. */
export class Talk {
  readonly messages: RecordedMessage[] = [];
  connectionId = 'c1';
  /** Seconds by which the charge point's clock is ahead. */
  clockS = 0;
  private readonly version: Version;
  private at = Date.parse('2026-03-01T10:00:00Z');
  private ids = 0;
  private seqNo = 0;

  constructor(version: Version) {
    this.version = version;
  }

  get now(): Date {
    return new Date(this.at);
  }

  wait(seconds: number): this {
    this.at += seconds * 1000;
    return this;
  }

  reconnect(connectionId: string): this {
    this.connectionId = connectionId;
    return this;
  }

  in(action: string, payload: Payload, answer: Answer = {}, { afterS = 0.1 }: Options = {}): this {
    return this.exchange('in', action, payload, answer, afterS);
  }

  out(action: string, payload: Payload, answer: Answer = { status: 'Accepted' }, { afterS = 0.1 }: Options = {}): this {
    return this.exchange('out', action, payload, answer, afterS);
  }

  raw(direction: 'in' | 'out', raw: string): this {
    this.push(direction, raw, '');
    return this;
  }

  boot(status = 'Accepted', interval = 300): this {
    const payload = this.by(
      { chargePointVendor: 'Acme', chargePointModel: 'M1' },
      { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'M1' } },
    );
    return this.in('BootNotification', payload, { status, interval, currentTime: this.now.toISOString() });
  }

  heartbeat(): this {
    return this.in('Heartbeat', {}, { currentTime: this.now.toISOString() });
  }

  /** A status of connector 1; those of 1.6 become Occupied in 2.0.1. */
  status(status: string, errorCode = 'NoError'): this {
    const word = /^(Preparing|Charging|Suspended.*|Finishing)$/.test(status) ? 'Occupied' : status;
    const timestamp = this.time();
    return this.in(
      'StatusNotification',
      this.by(
        { connectorId: 1, status, errorCode, timestamp },
        { evseId: 1, connectorId: 1, connectorStatus: word, timestamp },
      ),
    );
  }

  authorize(token = 'CARD0001', status = 'Accepted'): this {
    return this.in('Authorize', this.by({ idTag: token }, { idToken: tokenOf(token) }), this.info(status));
  }

  start({ id = '7', token = 'CARD0001', wh = 1000, status = 'Accepted', connector = 1, fields = {} } = {}): this {
    const timestamp = this.time();
    if (this.version === '1.6')
      return this.in(
        'StartTransaction',
        { connectorId: connector, idTag: token, meterStart: wh, timestamp, ...fields },
        { transactionId: Number(id), ...this.info(status) },
      );
    const event = { idToken: tokenOf(token), evse: { id: connector, connectorId: 1 }, triggerReason: 'Authorized' };
    return this.event('Started', id, wh, { ...event, ...fields }, this.info(status));
  }

  reading({ id = '7', wh = 1000, sample = {} }: { id?: string; wh?: number | string; sample?: Payload } = {}): this {
    if (this.version === '2.0.1') return this.event('Updated', id, wh, {}, {}, sample);
    const sampledValue = [{ value: String(wh), unit: 'Wh', ...sample }];
    return this.in('MeterValues', {
      connectorId: 1,
      transactionId: Number(id),
      meterValue: [{ timestamp: this.time(), sampledValue }],
    });
  }

  stop({ id = '7', wh = 2000, reason = 'EVDisconnected', fields = {} } = {}): this {
    if (this.version === '2.0.1')
      return this.event('Ended', id, wh, {
        transactionInfo: { transactionId: id, stoppedReason: reason },
        triggerReason: 'EVDeparted',
        ...fields,
      });
    const payload = { transactionId: Number(id), meterStop: wh, timestamp: this.time(), reason, ...fields };
    return this.in('StopTransaction', payload);
  }

  /** A session without fault, from plug to unplug. */
  session(id = '7', wh = 1000): this {
    this.status('Preparing').wait(10).authorize().wait(5).start({ id, wh }).status('Charging');
    for (let reading = 1; reading <= 10; reading += 1) this.wait(60).reading({ id, wh: wh + reading * 100 });
    return this.wait(30)
      .stop({ id, wh: wh + 1050 })
      .status('Finishing')
      .wait(20)
      .status('Available');
  }

  /** The kinds of findings, and how often each occurred. */
  found(beside: Partial<Conversation> = {}, kind?: FindingKind): Record<string, number> {
    const findings = findingsOf({ messages: this.messages, ...beside });
    const chosen = findings.filter(({ id }) => kind === undefined || id === kind);
    return Object.fromEntries(chosen.map(({ id, count }) => [id, count]));
  }

  private event(
    eventType: string,
    id: string,
    wh: number | string,
    fields: Payload = {},
    answer: Payload = {},
    sample: Payload = {},
  ): this {
    const timestamp = this.time();
    this.seqNo += 1;
    return this.in(
      'TransactionEvent',
      {
        eventType,
        timestamp,
        seqNo: this.seqNo,
        triggerReason: 'MeterValuePeriodic',
        transactionInfo: { transactionId: id },
        meterValue: [{ timestamp, sampledValue: [{ value: wh, unitOfMeasure: { unit: 'Wh' }, ...sample }] }],
        ...fields,
      },
      answer,
    );
  }

  private info(status: string): Payload {
    return this.by({ idTagInfo: { status } }, { idTokenInfo: { status } });
  }

  private time(): string {
    return new Date(this.at + this.clockS * 1000).toISOString();
  }

  private by(of16: Payload, of201: Payload): Payload {
    return this.version === '1.6' ? of16 : of201;
  }

  private exchange(direction: 'in' | 'out', action: string, payload: Payload, answer: Answer, afterS: number): this {
    this.ids += 1;
    const id = String(this.ids);
    this.push(direction, JSON.stringify([2, id, action, payload]), '');
    if (answer === null) return this;
    this.wait(afterS);
    const reply = typeof answer === 'string' ? [4, id, answer, '', {}] : [3, id, answer];
    this.push(direction === 'in' ? 'out' : 'in', JSON.stringify(reply), action);
    return this;
  }

  private push(direction: 'in' | 'out', raw: string, action: string): void {
    const protocol = `ocpp${this.version}`;
    const known = { cpId: 'CP1', at: this.now, direction, protocol, action, connectionId: this.connectionId };
    this.messages.push(recordedMessage(raw, known));
  }
}

function tokenOf(idToken: string): Payload {
  return { idToken, type: 'ISO14443' };
}
