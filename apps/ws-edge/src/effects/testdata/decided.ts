import { EMPTY_LEDGER, EventsNeededError, type Effect, type Ledger, type TransactionMessage } from '@ocpp-gw/ocpp-j';
import type { Decided, Entry, Station } from '@ocpp-gw/persistence/facts';
import { concernsTransactions, decideEntry, planned } from '../transactions/decide-entries.ts';
import { messageOf } from '../transactions/message.ts';

/** A station whose effects are decided one after another, without a database. */
export class DecidedStation {
  ledger: Ledger = EMPTY_LEDGER;
  private readonly station: Station;
  private readonly events: TransactionMessage[] = [];

  constructor(station: Station) {
    this.station = station;
  }

  /** The effect with what it makes of the station's transactions. */
  take<E extends Effect>(effect: E, now: Date): Entry<E> {
    const entry = { station: this.station, effect, now };
    if (!concernsTransactions(entry)) return entry;
    const transactions = planned(this.ledger, this.decide(entry));
    this.ledger = transactions.ledger;
    if (transactions.message) this.events.push(transactions.message);
    return { ...entry, transactions };
  }

  private decide(entry: Entry): Decided {
    const message = messageOf(entry);
    try {
      return decideEntry(this.ledger, entry, message);
    } catch (error) {
      if (!(error instanceof EventsNeededError)) throw error;
      return decideEntry(
        this.ledger,
        entry,
        message,
        this.events.filter((event) => event.stationNamed && event.id === message?.id && event.kind !== 'reading'),
      );
    }
  }
}
