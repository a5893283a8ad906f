import type { RecordOf } from './tables/record.ts';

/** Plain records: what repositories return. Entities never leave this library. */

export interface ChargePointRecord extends RecordOf<'charge_points'> {
  /** As registered; looked up case-insensitively. */
  cpId: string;
  /** "ocpp1.6" or "ocpp2.0.1", as last connected. */
  protocol: string | null;
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
  /** IANA name, as an operator has set it. */
  timeZone: string | null;
  /** When it sent something last, as far as Postgres knows: connections write it when they begin and end. */
  lastSeenAt: Date | null;
  /** What the operator calls it by, such as its site. */
  tags: Readonly<Record<string, string>>;
  /** Since when it is refused as an unknown one is; null when it is not retired. */
  retiredAt: Date | null;
  /** Until when its frames are recorded; null when nobody has asked for it. */
  recordedUntil: Date | null;
}

export interface ConnectorRecord extends RecordOf<'connectors', 'cp_id'> {
  /** The time that the charger named. */
  statusAt: Date;
  /** When it was received; never the same for two statuses of one connector, and never earlier than that before. */
  receivedAt: Date;
}
