/** Thrown when the CSMS answers a CALL with a CALLERROR; thrown by an answer to make the charger send one. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, description = '', details: Record<string, unknown> = {}) {
    super(description || code);
    this.code = code;
    this.details = details;
  }
}

/** Thrown when the CSMS does not answer a CALL in time. */
export class CallTimeoutError extends Error {
  override readonly name = 'CallTimeoutError';
}

/** Thrown when the connection ends before a CALL is answered, or there is none. */
export class DisconnectedError extends Error {
  override readonly name = 'DisconnectedError';
}

/** Thrown when the CSMS answers the WebSocket upgrade with an HTTP status. */
export class HandshakeRefusedError extends Error {
  override readonly name = 'HandshakeRefusedError';
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`the CSMS refused the handshake with HTTP ${status}: ${body.trim() || '(no body)'}`);
    this.status = status;
    this.body = body;
  }
}
