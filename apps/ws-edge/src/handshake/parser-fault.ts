import { refuse, type Refusal } from './refusal.ts';

/** The first bytes of version 2 of the PROXY protocol. */
const PROXY_V2 = Buffer.from('\r\n\r\n\0\r\nQ', 'latin1');

/** Recognises by its first bytes what was sent instead of a request. */
const PREFACES: readonly [(start: Buffer) => boolean, Refusal][] = [
  [
    isClientHello,
    refuse(400, 'tls_on_plain_port', 'this port has no TLS: connect to ws://, or to the port that has it with wss://'),
  ],
  [
    (start) => start.toString('latin1', 0, 14) === 'PRI * HTTP/2.0',
    refuse(400, 'http2', 'HTTP/2 is not spoken here: connect with HTTP/1.1'),
  ],
  [
    (start) => start.toString('latin1', 0, 6) === 'PROXY ' || start.subarray(0, 8).equals(PROXY_V2),
    refuse(400, 'proxy_protocol', 'the PROXY protocol is not spoken here: switch it off at the load balancer'),
  ],
];

const BY_CODE: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: refuse(431, 'headers_too_large', 'request line and headers are longer than 16 kB together'),
  ERR_HTTP_REQUEST_TIMEOUT: refuse(408, 'headers_too_slow', 'request line and headers were not complete in time'),
  ECONNRESET: refuse(400, 'connection_reset', 'the connection was reset before a request was complete'),
  EPIPE: refuse(400, 'connection_reset', 'the connection was closed before a request was complete'),
};

/** Describes why no request could be read. @param error from Node's HTTP server */
export function parserFault(error: Error): Refusal {
  const { code, rawPacket } = error as { code?: string; rawPacket?: Buffer };
  const known = BY_CODE[code ?? ''];
  if (known) return known;
  const preface = PREFACES.find(([matches]) => rawPacket !== undefined && matches(rawPacket));
  return preface?.[1] ?? refuse(400, 'malformed_http', `this is no HTTP request: ${error.message}`);
}

/** Describes why the TLS handshake failed. @param error from OpenSSL or Node */
export function tlsFault(error: Error): Refusal {
  const { code } = error as { code?: string };
  if (code === 'ERR_SSL_HTTP_REQUEST')
    return refuse(
      400,
      'plain_on_tls_port',
      'this port has TLS: connect with wss://, or to the port that has none with ws://',
    );
  return refuse(400, 'tls_failed', error.message);
}

/** The request line of unreadable data, if there is one. It may name the charge point. */
export function targetOf(error: Error): string | undefined {
  const { rawPacket } = error as { rawPacket?: Buffer };
  return /^[A-Z]{3,10} (\S{1,600})/.exec(rawPacket?.toString('latin1', 0, 620) ?? '')?.[1];
}

/** A handshake record of TLS, or the ClientHello of SSL 2 that very old stacks begin with. */
function isClientHello(start: Buffer): boolean {
  return (start[0] === 0x16 && start[1] === 3) || (((start[0] ?? 0) & 0x80) !== 0 && start[2] === 1 && start[3] === 3);
}
