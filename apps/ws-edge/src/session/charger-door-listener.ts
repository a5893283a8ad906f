import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** As the refusal of longer ones says. */
const MAX_HEADER_BYTES = 16 * 1024;

/** What the server shows and demands, all PEM. */
export interface TlsMaterial {
  cert: string[];
  /** One for each certificate, in the same order. */
  key: string[];
  /** Issuers of client certificates; absent: none is asked for. */
  ca?: string;
  /** Whether who shows no valid one is cut off before the handshake can say why. */
  clientCertRequired: boolean;
}

export interface ListenerOptions {
  host: string;
  port: number;
  /** Request line and headers, and the TLS handshake before them, have to be complete by then. */
  headersTimeoutMs: number;
  tls: TlsMaterial | null;
}

/** One port that chargers knock at. */
export class ChargerDoorListener {
  readonly server: Server;
  private readonly options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.options = options;
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
          // Else whether one is needed depends on the charger: the handshake decides, and says why (notes 2.7).
          rejectUnauthorized: tls.clientCertRequired,
        })
      : createPlainServer(http);
  }

  /** Where it listens: the configured port, or the one the system chose. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** Stops listening. Upgraded sockets stay. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
