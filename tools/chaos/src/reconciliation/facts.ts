/** One reading of the energy register: no two of one charger have the same time and the same context. */
export interface Sample {
  /** Unix milliseconds, by the charger's clock. */
  at: number;
  wh: number;
  /** Why it was read. */
  context?: string;
}

export type Kind = 'started' | 'updated' | 'ended' | 'meter';

/** A message that the charger saw acknowledged. */
export interface Acknowledged {
  cpId: string;
  kind: Kind;
  transactionId: string;
  /** 2.0.1 numbers its events; 1.6 does not. */
  seqNo?: number;
  /** The register that a start or an end names. */
  registerWh?: number;
  samples: readonly Sample[];
}

/** What a charger has against the gateway, by its own experience. */
export interface Complaint {
  cpId: string;
  kind: 'idle' | 'undelivered' | 'disconnected' | 'changed';
  what: string;
}

/** The fleet's side. Each charger's messages are in the order in which it sent them. */
export interface ChargerRecords {
  acknowledged: readonly Acknowledged[];
  complaints: readonly Complaint[];
}

export interface KeptTransaction {
  cpId: string;
  transactionId: string;
  state: string;
  meterStartWh: number | null;
  meterLastWh: number | null;
}

export interface KeptEvent {
  cpId: string;
  transactionId: string;
  kind: Kind;
  seqNo: number;
}

/** An event on the topic of its kind. */
export interface Published extends KeptEvent {
  /** By which consumers deduplicate. */
  id: string;
  samples: readonly Sample[];
}

/** A call of the backend or a webhook, as it arrived. */
export interface Delivery {
  cpId: string;
  /** By which the receiver deduplicates. */
  id: string;
  kind: 'started' | 'ended';
  transactionId: string;
}

/** What Postgres has. */
export interface KeptInPostgres {
  transactions: readonly KeptTransaction[];
  /** The numbered events of 2.0.1. */
  numbered: readonly KeptEvent[];
  /** Rows that wait for delivery, or were given up. */
  undelivered: Readonly<Record<string, number>>;
}

/** The gateway's side, after everything was healed and drained. */
export interface Kept extends KeptInPostgres {
  /** Kafka: the order of each topic, charger by charger. */
  published: readonly Published[];
  /** ClickHouse, FINAL. */
  events: readonly KeptEvent[];
  samples: readonly (Sample & { cpId: string })[];
  /** In order of arrival. */
  backend: readonly Delivery[];
  webhooks: readonly Delivery[];
  /** Whom the online registry does not know. */
  offline: readonly string[];
}

export interface Difference {
  system:
    | 'Postgres'
    | 'Kafka'
    | 'ClickHouse'
    | 'backend'
    | 'webhooks'
    | 'registry'
    | 'charger'
    | 'commands'
    | 'services'
    | 'sessions';
  fault:
    | Complaint['kind']
    | 'lost'
    | 'doubled'
    | 'wrong'
    | 'open'
    | 'order'
    | 'unanswered'
    | 'unexplained'
    | 'unclean'
    | 'disagreeing';
  cpId: string;
  what: string;
}
