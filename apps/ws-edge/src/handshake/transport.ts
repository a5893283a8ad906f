import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { trustedEntry } from './source-address.ts';

/** The properties of a connection that its security profile depends on (notes 2.7). */
export interface Transport {
  tls: boolean;
  clientCertificate: ClientCertificate | null;
}

export interface ClientCertificate {
  /** Common name of the certificate; empty when it names nobody. */
  commonName: string;
  /** Why the certificate is not valid, as OpenSSL names it; null when it is valid for the CA. */
  fault: string | null;
}

/** Reads the properties from the headers of a trusted proxy, or else from the socket. */
export function transportOf(request: IncomingMessage, trustedHops: number): Transport {
  const forwarded = trustedEntry(request.headers['x-forwarded-proto'], trustedHops)?.toLowerCase();
  // The socket, and a certificate on it, then belong to the proxy.
  if (forwarded !== undefined) return { tls: forwarded === 'https' || forwarded === 'wss', clientCertificate: null };
  const { socket } = request;
  return socket instanceof TLSSocket
    ? { tls: true, clientCertificate: certificateOf(socket) }
    : { tls: false, clientCertificate: null };
}

function certificateOf(socket: TLSSocket): ClientCertificate | null {
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string | string[] } };
  // A resumed TLS session may count as authorized without a certificate.
  if (!subject) return null;
  const commonName = typeof subject.CN === 'string' ? subject.CN : '';
  return { commonName, fault: socket.authorized ? null : String(socket.authorizationError) };
}
