import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Greatest size of the headers. The refusal of longer ones names it. */
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Connections that the kernel keeps until they are accepted, as many as Linux allows by itself. Beyond it, it drops them
 * in silence, and the peer tries again after 1, 3, 7 and more seconds.
 */
const BACKLOG = 4096;

/** The certificates that the server presents and accepts, all PEM. */
export interface TlsMaterial {
  cert: string[];
  /** Keys of the certificates, in the same order. */
  key: string[];
  /** Issuers of client certificates; absent when no client certificate is requested. */
  ca?: string;
  /** Whether a peer without a valid client certificate is disconnected in TLS, before a refusal can say why. */
  clientCertRequired: boolean;
}

export interface ListenerOptions {
  host: string;
  port: number;
  /** Request line and headers, and the TLS handshake before them, have to be complete by then. */
  headersTimeoutMs: number;
  tls: TlsMaterial | null;
}

/** Listens on one port for charge points. */
export class OcppServerListener {
  readonly server: Server;

  constructor(private readonly options: ListenerOptions) {
    const { headersTimeoutMs, tls } = options;
    const http = {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersTimeoutMs,
      requestTimeout: headersTimeoutMs,
      keepAliveTimeout: 1_000,
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    };
    this.server = tls
      ? createTlsServer({
          ...http,
          ...tls,
          minVersion: 'TLSv1.2',
          handshakeTimeout: headersTimeoutMs,
          requestCert: tls.ca !== undefined,
          // Otherwise the charge point decides whether one is needed, so the handshake checks it and says why (notes
          // 2.7).
          rejectUnauthorized: tls.clientCertRequired,
        })
      : createPlainServer(http);
  }

  /** The port it listens on: the configured one, or the one that the system chose. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port: this.options.port, host: this.options.host, backlog: BACKLOG }, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** Stops listening. Connections stay open. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
