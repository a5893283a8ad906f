import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { trustedEntry } from './source-address.ts';

/** How a charger came in, as far as its security profile goes (notes 2.7). */
export interface Transport {
  tls: boolean;
  clientCertificate: ClientCertificate | null;
}

export interface ClientCertificate {
  /** Empty: it names nobody. */
  commonName: string;
  /** Why it proves nothing, as OpenSSL names it; null: it is valid for the CA. */
  fault: string | null;
}

/** By the trusted proxy in front when it tells, else by the socket. */
export function transportOf(request: IncomingMessage, trustedHops: number): Transport {
  const forwarded = trustedEntry(request.headers['x-forwarded-proto'], trustedHops)?.toLowerCase();
  // The socket is the proxy's then, and so is a certificate shown on it.
  if (forwarded !== undefined) return { tls: forwarded === 'https' || forwarded === 'wss', clientCertificate: null };
  const { socket } = request;
  return socket instanceof TLSSocket
    ? { tls: true, clientCertificate: certificateOf(socket) }
    : { tls: false, clientCertificate: null };
}

function certificateOf(socket: TLSSocket): ClientCertificate | null {
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string | string[] } };
  // Without one, a resumed session may well call itself authorized.
  if (!subject) return null;
  const commonName = typeof subject.CN === 'string' ? subject.CN : '';
  return { commonName, fault: socket.authorized ? null : String(socket.authorizationError) };
}
