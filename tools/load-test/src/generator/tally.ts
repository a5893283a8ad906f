import { encode, newHistogram, newIntervalHistogram, recordMs, type Histogram } from '../measure/histogram.ts';

/** What happened to the messages of one phase, wherever the phase is by the time that they are answered. As it travels between processes. */
export interface TallyRecord {
  planned: number;
  sent: number;
  /** By CALLRESULTs. */
  answered: number;
  bytes: number;
  /** In flight when the connection ended, and not sent again: no transaction needs it. */
  cutOff: number;
  /** Neither answered nor cut off when the phase was over. */
  unanswered: number;
  /** CALLERRORs, by action and code. */
  errors: Record<string, number>;
  /** Handshakes that were refused, by how. */
  refused: Record<string, number>;
  /** Connections that ended and should not have, by how. */
  closed: Record<string, number>;
  /** CALLs of the gateway that were answered. */
  commands: number;
  /** Chargers that were to connect, or lost their connection to what the phase does. */
  away: number;
  /** Histograms, encoded. By action: from when a message was planned to its answer. */
  latency: Record<string, string>;
  /** From when a connection was planned, or refused before, to its handshake. */
  connects: string;
  /** From when a charger was to connect or lost its connection to its first answer. */
  returns: string;
  /** How late the generator itself was. */
  lag: string;
}

export class Tally {
  planned = 0;
  sent = 0;
  answered = 0;
  bytes = 0;
  cutOff = 0;
  unanswered = 0;
  commands = 0;
  away = 0;
  readonly errors: Record<string, number> = {};
  readonly refused: Record<string, number> = {};
  readonly closed: Record<string, number> = {};
  readonly connects = newHistogram();
  readonly returns = newHistogram();
  readonly lag = newHistogram();
  readonly #latency = new Map<string, Histogram>();

  answer(label: string, ms: number): void {
    this.answered += 1;
    let histogram = this.#latency.get(label);
    if (!histogram) this.#latency.set(label, (histogram = newHistogram()));
    recordMs(histogram, ms);
  }

  record(): TallyRecord {
    const { planned, sent, answered, bytes, cutOff, unanswered, commands, away, errors, refused, closed } = this;
    return {
      ...{ planned, sent, answered, bytes, cutOff, unanswered, commands, away, errors, refused, closed },
      latency: Object.fromEntries([...this.#latency].map(([label, histogram]) => [label, encode(histogram)])),
      connects: encode(this.connects),
      returns: encode(this.returns),
      lag: encode(this.lag),
    };
  }
}

export function count(counts: Record<string, number>, what: string, times = 1): void {
  counts[what] = (counts[what] ?? 0) + times;
}

/** One second of a process: what the curves of the report are made of. */
export interface IntervalRecord {
  planned: number;
  answered: number;
  errors: number;
  /** Chargers with an open connection, and messages that are planned and not answered. */
  connected: number;
  waiting: number;
  latency: string;
}

export class Interval {
  planned = 0;
  answered = 0;
  errors = 0;
  #latency = newIntervalHistogram();

  answer(ms: number): void {
    this.answered += 1;
    recordMs(this.#latency, ms);
  }

  /** Ends the second, and begins the next. */
  take(state: Pick<IntervalRecord, 'connected' | 'waiting'>): IntervalRecord {
    const { planned, answered, errors } = this;
    const record = { planned, answered, errors, ...state, latency: encode(this.#latency) };
    this.planned = this.answered = this.errors = 0;
    this.#latency.reset();
    return record;
  }
}
