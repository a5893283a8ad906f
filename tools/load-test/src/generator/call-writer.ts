import type { Slot } from '@ocpp-gw/bench';
import type { Acknowledged } from '@ocpp-gw/chaos';
import type { ChargerSpec } from '../plan/fleet.ts';
import type { Kind } from '../plan/mix.ts';
import { TEMPLATES, type Template } from './templates.ts';

export type What = Kind | 'Boot' | 'End';

/** What has to be found when the message was acknowledged. */
export type Evidence = Omit<Acknowledged, 'cpId' | 'samples'>;

export interface WrittenCall {
  frame: Buffer;
  id: string;
  /** What it goes by in the report. */
  label: string;
  /** Of a message that a bill needs. */
  record?: Evidence;
}

export const ID_WIDTH = 10;
/** In Wh, seven digits: registers are strings in 1.6, without room for spaces. */
const FIRST_REGISTER = 1_000_000;
const WH_BETWEEN_READINGS = 7;

/** Writes the CALLs of one charger, and knows its transaction and its meter. */
export class CallWriter {
  readonly #spec: ChargerSpec;
  readonly #run: string;
  #ids = 0;
  #register = FIRST_REGISTER;
  #occupied = false;
  #sessions = 0;
  #seqNo = 0;
  /** The running one. */
  #transaction: string | undefined;

  /** @param run seven characters that tell the transactions of this run from those of others */
  constructor(spec: ChargerSpec, run: string) {
    this.#spec = spec;
    this.#run = run;
  }

  get charging(): boolean {
    return this.#transaction !== undefined;
  }

  write(what: What, booted: boolean): WrittenCall {
    const templates = TEMPLATES[this.#spec.version];
    switch (what) {
      case 'Boot':
        return this.#fill(templates.boot);
      case 'Heartbeat':
        return this.#fill(templates.heartbeat);
      case 'StatusNotification':
        this.#occupied = !this.#occupied && booted;
        return this.#fill(this.#occupied ? templates.occupied : templates.available);
      case 'MeterValues':
        return this.charging ? this.#fill(templates.update, 'updated') : this.#fill(templates.meter);
      case 'Transaction':
      case 'End':
        if (this.charging) return this.#fill(templates.stop, 'ended');
        this.#sessions += 1;
        this.#seqNo = 0;
        return this.#fill(templates.start, 'started');
    }
  }

  /** @param text the CALLRESULT: that to a StartTransaction names the transaction */
  acknowledge(record: Evidence, text: string): Acknowledged {
    const transactionId = record.transactionId || (/"transactionId":(\d+)/.exec(text)?.[1] ?? '');
    this.#seqNo += 1;
    if (record.kind === 'started') this.#transaction = transactionId;
    if (record.kind === 'ended') this.#transaction = undefined;
    return { cpId: this.#spec.identity, ...record, transactionId, samples: [] };
  }

  #fill({ frame, label }: Template, kind?: Acknowledged['kind']): WrittenCall {
    this.#ids += 1;
    // Each reading is one that no other message has.
    this.#register += WH_BETWEEN_READINGS;
    const values: Record<Slot, string> = {
      id: String(this.#ids).padStart(ID_WIDTH, '0'),
      time: new Date().toISOString(),
      transaction: this.#transaction ?? '',
      register: String(this.#register),
      seqNo: String(this.#seqNo),
      session: this.#session,
    };
    const written = { frame: frame.fill(values), id: values.id, label };
    const numbered = this.#spec.version === '2.0.1';
    // Of 1.6, readings are not kept one by one.
    if (!kind || (kind === 'updated' && !numbered)) return written;
    const record = {
      kind,
      transactionId: numbered ? this.#session : (this.#transaction ?? ''),
      ...(numbered && { seqNo: this.#seqNo }),
      ...(kind !== 'updated' && { registerWh: this.#register }),
    };
    return { ...written, record };
  }

  /** What a 2.0.1 station calls its transaction. */
  get #session(): string {
    return `${this.#run}-${String(this.#spec.index).padStart(6, '0')}-${String(this.#sessions).padStart(5, '0')}`;
  }
}
