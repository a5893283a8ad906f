/** Plain records: what repositories return. Entities never leave this library. */

export interface ChargePointRecord {
  /** As registered; looked up case-insensitively. */
  cpId: string;
  /** "ocpp1.6" or "ocpp2.0.1", as last connected. */
  protocol: string | null;
  vendor: string | null;
  model: string | null;
  serialNumber: string | null;
  firmwareVersion: string | null;
  iccid: string | null;
  imsi: string | null;
  registrationStatus: 'Accepted' | 'Pending' | 'Rejected' | null;
  /** 0 none, 1 Basic, 2 TLS + Basic, 3 mutual TLS. */
  securityProfile: number;
  /** bcrypt; null: no password set. */
  passwordHash: string | null;
  /** Given to the station, not yet seen from it: is accepted beside `passwordHash`. bcrypt. */
  offeredPasswordHash: string | null;
  /** Likewise, beside `securityProfile`. */
  offeredSecurityProfile: number | null;
  /** Overrides the global tolerance. */
  tolerance: 'strict' | 'lenient' | null;
  /** Taken for OCPP 1.6 when it offers no subprotocol. */
  assumeOcpp16: boolean;
  /** Whether it may be pinged. */
  serverPing: boolean;
  lastBootAt: Date | null;
  /** When anything was heard of it last, as far as Postgres knows: connections write it when they begin and end. */
  lastSeenAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ConnectorRecord {
  evseId: number;
  connectorId: number;
  status: string;
  errorCode: string | null;
  info: string | null;
  vendorId: string | null;
  vendorErrorCode: string | null;
  /** The time that the charger named. */
  statusAt: Date;
  /** When it was received; never the same for two statuses of one connector, and never earlier than that before. */
  receivedAt: Date;
}

export interface TransactionRecord {
  /** Internal key, orders pages. */
  id: string;
  cpId: string;
  protocol: string;
  /** 1.6: the gateway's number as text; 2.0.1: the station's id, with a suffix where it was another's. Unique with cpId. */
  transactionId: string;
  /** As the station says it. */
  stationTransactionId: string;
  state: 'active' | 'ended';
  evseId: number;
  connectorId: number;
  idToken: string | null;
  idTokenType: string | null;
  idTokenStatus: string | null;
  /** Of the earliest message while the start was not seen. */
  startedAt: Date;
  startSeen: boolean;
  endedAt: Date | null;
  meterStartWh: number | null;
  /** Null until it ended. */
  meterStopWh: number | null;
  /** By the registers chosen for the bill (docs/registers.md); of a running transaction: so far. */
  energyWh: number | null;
  /** Why there is no energy; null where there is, or while none has to be. */
  energyReason: string | null;
  stopReason: string | null;
  chargingState: string | null;
  remoteStartId: number | null;
  reservationId: number | null;
  /** 2.0.1 sequence numbers not seen below the highest seen. */
  missingSeqNos: number[];
  /** Nothing of what is missing will ever come. */
  gapsFinal: boolean;
  /** Whether the station still holds messages of it; null: it was not asked (2.0.1 GetTransactionStatus). */
  messagesInQueue: boolean | null;
  /** As told to the station, in its currency (2.0.1). */
  totalCost: number | null;
  /** Ended here without ever having been seen to start. */
  orphan: boolean;
  /** Grows with each change of what is told of it. */
  revision: number;
  /** Why it is taken for ended although the charger told no end. */
  endInferred: string | null;
  /** Something speaks against that it still runs, since when. */
  suspectSince: Date | null;
  suspectReason: string | null;
  /** A stop that belongs to no transaction: why. */
  unassignedReason: string | null;
  /** The transaction that the unassigned stop was assigned to later. */
  assignedTo: string | null;
  updatedAt: Date;
}

/** One page; `nextCursor` null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
