import type { Envelope } from './envelope.ts';

export interface ReceivedRequest {
  at: string;
  path: string;
  cp_id: string;
  request_id: string;
  idempotency_key: string | null;
  /** Answered from memory because the idempotency key had been seen. */
  replayed: boolean;
  data: Envelope['data'];
  status: number;
  answer: unknown;
}

export interface ReceivedWebhook {
  at: string;
  webhook_id: string;
  type: string | null;
  cp_id: string | null;
  body: unknown;
}

/** The last `limit` entries, oldest first. */
export class Journal<Entry> {
  readonly #limit: number;
  #entries: Entry[] = [];
  #forgotten = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length <= this.#limit) return;
    this.#entries.shift();
    this.#forgotten += 1;
  }

  /** Entries whose named fields have the given values; null stands for any. */
  list(filter: Partial<Record<keyof Entry, string | null>> = {}): Entry[] {
    const wanted = (Object.keys(filter) as (keyof Entry)[]).filter((name) => filter[name] !== null);
    return this.#entries.filter((entry) => wanted.every((name) => entry[name] === filter[name]));
  }

  /** How many were dropped to stay within the limit. */
  get forgotten(): number {
    return this.#forgotten;
  }

  clear(): void {
    this.#entries = [];
    this.#forgotten = 0;
  }
}
