import type { Connection } from './connection.ts';
import type { Message, Payload } from './message.ts';
import type { BootCause, Registration as Status } from './station.ts';

/** Wait before the next boot where the CSMS leaves it to the charger. */
const OWN_INTERVAL_MS = 10_000;

/** What a registration needs of its charger. */
export interface Registering {
  boot(cause: BootCause): Message;
  notify(message: Message): Promise<Payload | null>;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** The registration of a station with its CSMS: it outlives connections, and ends with a boot (notes 2.9). */
export class Registration {
  status: Status | null = null;
  /** Of the last boot answer. */
  intervalMs = 0;
  readonly #charger: Registering;
  /** Why a boot is due; null: none is. */
  #due: BootCause | null = 'PowerUp';
  #now = new AbortController();

  constructor(charger: Registering) {
    this.#charger = charger;
  }

  /** The station restarts: a boot is due. */
  end(cause: BootCause): void {
    this.#due = cause;
    this.status = null;
  }

  /** Ends the wait before the next boot. */
  hurry(): void {
    this.#now.abort();
  }

  /** Boots, if that is due, until the station is accepted or the connection ends. */
  async establish(connection: Connection): Promise<void> {
    while (this.#due && connection.isOpen) {
      const answer = await this.#charger.notify(this.#charger.boot(this.#due));
      this.intervalMs = Number(answer?.['interval'] ?? 0) * 1000;
      if (answer) this.status = answer['status'] as Status;
      if (this.status === 'Accepted') {
        this.#due = null;
        return;
      }
      this.#now = new AbortController();
      if (connection.isOpen) await this.#charger.pause(this.intervalMs || OWN_INTERVAL_MS, this.#now.signal);
    }
  }
}
