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
  /** The password that was sent to the station and that it has not used yet. It is accepted beside `passwordHash`. bcrypt. */
  offeredPasswordHash: string | null;
  /** The same for `securityProfile`. */
  offeredSecurityProfile: number | null;
  /** Overrides the global tolerance. */
  tolerance: 'strict' | 'lenient' | null;
  /** Whether it is treated as OCPP 1.6 when it offers no subprotocol. */
  assumeOcpp16: boolean;
  /** Whether it may be pinged. */
  serverPing: boolean;
  lastBootAt: Date | null;
  /** When it sent something last, as far as Postgres knows: connections write it when they begin and end. */
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
  /**
   * 1.6: the gateway's number as text; 2.0.1: the station's id, with a suffix where another transaction had it before.
   * Unique with cpId.
   */
  transactionId: string;
  /** The id that the station uses. */
  stationTransactionId: string;
  state: 'active' | 'ended';
  evseId: number;
  connectorId: number;
  idToken: string | null;
  idTokenType: string | null;
  idTokenStatus: string | null;
  /** The time of the earliest message while the start has not come. */
  startedAt: Date;
  startSeen: boolean;
  endedAt: Date | null;
  meterStartWh: number | null;
  /** Null until it ended. */
  meterStopWh: number | null;
  /** The energy by the registers chosen for the bill (docs/registers.md); for a running transaction the energy so far. */
  energyWh: number | null;
  /** Why there is no energy; null when there is energy, or while none is expected. */
  energyReason: string | null;
  stopReason: string | null;
  chargingState: string | null;
  remoteStartId: number | null;
  reservationId: number | null;
  /** 2.0.1 sequence numbers not seen below the highest seen. */
  missingSeqNos: number[];
  /** Whether the missing messages will never come. */
  gapsFinal: boolean;
  /** Whether the station still holds messages of it; null when it was not asked (2.0.1 GetTransactionStatus). */
  messagesInQueue: boolean | null;
  /** The total cost that was sent to the station, in its currency (2.0.1). */
  totalCost: number | null;
  /** Whether the end came but never the start. */
  orphan: boolean;
  /** Grows with each change of what is published of it. */
  revision: number;
  /** Why it is taken for ended although the charger reported no end. */
  endInferred: string | null;
  /** Since when something speaks against the transaction still running. */
  suspectSince: Date | null;
  suspectReason: string | null;
  /** Why a stop belongs to no transaction. */
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
