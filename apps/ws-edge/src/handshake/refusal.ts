/** Why a handshake was refused: the `reason` label of the metric and the log. A closed list keeps the label bounded. */
export type RefusalReason =
  | 'not_an_upgrade'
  | 'malformed_upgrade'
  | 'malformed_path'
  | 'malformed_identity'
  | 'no_subprotocol'
  | 'unsupported_subprotocol'
  | 'draining'
  | 'too_many_handshakes'
  | 'dependency_away'
  | 'timeout'
  | 'unknown_charge_point'
  | 'retired_charge_point'
  | 'missing_credentials'
  | 'wrong_credentials'
  | 'no_password_set'
  | 'wrong_security_profile'
  | 'client_certificate_required'
  | 'client_certificate_invalid'
  | 'too_many_failures'
  | 'auth_busy'
  | 'reconnects_too_often'
  | 'abandoned'
  | ParserFault;

/** Why data was no valid request, or why a connection was not served. */
type ParserFault =
  | 'tls_on_plain_port'
  | 'plain_on_tls_port'
  | 'tls_failed'
  | 'http2'
  | 'proxy_protocol'
  | 'headers_too_large'
  | 'headers_too_slow'
  | 'malformed_http'
  | 'connection_reset'
  | 'too_many_connections';

/** The header of every 401 (RFC 9110, 15.5.2). */
export const CHALLENGE = { 'www-authenticate': 'Basic realm="OCPP", charset="UTF-8"' };

/** An HTTP answer instead of the upgrade. `detail` says what to do to whoever installs the charge point. */
export interface Refusal {
  refused: true;
  status: 400 | 401 | 404 | 408 | 426 | 429 | 431 | 503;
  reason: RefusalReason;
  detail: string;
  headers?: Readonly<Record<string, string>>;
  /** For the log only. */
  cause?: unknown;
}

export function refuse(
  status: Refusal['status'],
  reason: RefusalReason,
  detail: string,
  headers?: Refusal['headers'],
): Refusal {
  return { refused: true, status, reason, detail, ...(headers ? { headers } : {}) };
}

/** A refusal that nobody reads, because the peer is gone. */
export function abandoned(): Refusal {
  return refuse(503, 'abandoned', 'the charger was gone, or out of time, before the handshake was decided');
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
