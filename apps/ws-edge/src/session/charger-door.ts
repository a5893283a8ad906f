import type { Logger } from '@ocpp-gw/service-kit';
import { EventEmitter } from 'node:events';
import { STATUS_CODES, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type PerMessageDeflateOptions, type WebSocket } from 'ws';
import type { Admission, Handshake } from '../handshake/handshake.ts';
import { identityFromPath } from '../handshake/path-identity.ts';
import { isRefusal, refuse, type Refusal } from '../handshake/refusal.ts';
import { sourceAddress } from '../handshake/source-address.ts';
import type { EdgeMetrics } from '../metrics.ts';

/** RFC 6455 §7.4.1: no common subprotocol, told after the upgrade. */
const PROTOCOL_ERROR = 1002;
/** Whoever does not read our refusal by then is cut off. */
const REFUSAL_LINGER_MS = 5_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** Idle sockets stay small: nothing is kept between messages, and short ones go as they are (notes 2.8). */
const DEFLATE: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: 1024,
  concurrencyLimit: 4,
};

export interface ChargerDoorOptions {
  host: string;
  port: number;
  maxFrameBytes: number;
  /** Request line and headers have to be complete by then. */
  headersTimeoutMs: number;
  trustedHops: number;
}

export interface Arrival {
  admission: Admission;
  source: string;
}

/** The http server chargers knock at. Decides before it upgrades, and says why when it does not. */
export class ChargerDoor {
  private readonly options: ChargerDoorOptions;
  private readonly handshake: Handshake;
  private readonly metrics: EdgeMetrics;
  private readonly logger: Logger;
  private readonly events = new EventEmitter<{ connection: [WebSocket, Arrival] }>();
  private readonly http: Server;
  private readonly plain: WebSocketServer;
  private readonly deflating: WebSocketServer;
  /** What ws may echo, decided beforehand: left alone it picks the first name offered, whatever it is (notes 2.6). */
  private readonly chosen = new WeakMap<IncomingMessage, string>();

  constructor(options: ChargerDoorOptions, handshake: Handshake, metrics: EdgeMetrics, logger: Logger) {
    this.options = options;
    this.handshake = handshake;
    this.metrics = metrics;
    this.logger = logger;
    this.http = createServer({
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: options.headersTimeoutMs,
      requestTimeout: options.headersTimeoutMs,
      keepAliveTimeout: 1_000,
      connectionsCheckingInterval: Math.min(1_000, options.headersTimeoutMs),
    });
    this.plain = this.webSocketServer(false);
    // OCPP 2.x demands compression of a CSMS; 1.6 knows none (notes 2.8).
    this.deflating = this.webSocketServer(DEFLATE);
    this.http.on('request', (request, response) => this.notAnUpgrade(request, response));
    this.http.on('upgrade', (request, socket, head) => {
      this.upgrade(request, socket, head).catch((err: unknown) => {
        this.logger.error('handshake failed', { ...identityOf(request.url), err });
        socket.destroy();
      });
    });
  }

  onConnection(listener: (socket: WebSocket, arrival: Arrival) => void): void {
    this.events.on('connection', listener);
  }

  /** Where it listens: the configured port, or the one the system chose. */
  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(this.options.port, this.options.host, () => {
        this.http.off('error', reject);
        this.http.on('error', (err) => this.logger.error('charger door failed', { err }));
        resolve();
      });
    });
  }

  /** Stops listening. Open sockets belong to their sessions. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.http.close(() => resolve());
      this.http.closeAllConnections();
    });
  }

  private webSocketServer(perMessageDeflate: PerMessageDeflateOptions | false): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: this.options.maxFrameBytes,
      perMessageDeflate,
      handleProtocols: (_offered, request) => this.chosen.get(request) ?? false,
    });
    server.on('wsClientError', (error, socket, request) => {
      this.turnAway(socket, request, refuse(400, 'malformed_upgrade', `not a WebSocket handshake: ${error.message}`));
    });
    return server;
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until ws takes over, a reset by the peer has nobody else to catch it.
    const broken = (): void => void socket.destroy();
    socket.on('error', broken);
    const startedAt = performance.now();
    const source = this.sourceOf(request);
    const decision = await this.handshake.decide({
      target: request.url ?? '/',
      subprotocols: request.headers['sec-websocket-protocol'],
      authorization: request.headers.authorization,
      source,
    });
    this.metrics.handshakeSeconds.observe((performance.now() - startedAt) / 1000);
    if (socket.destroyed) return;
    if (isRefusal(decision)) {
      this.turnAway(socket, request, decision);
      return;
    }
    if ('closeAfterUpgrade' in decision) {
      socket.off('error', broken);
      this.upgradeThenClose(request, socket, head, decision.closeAfterUpgrade);
      return;
    }
    const { subprotocol } = decision;
    this.chosen.set(request, subprotocol);
    const server = subprotocol === 'ocpp1.6' ? this.plain : this.deflating;
    socket.off('error', broken);
    server.handleUpgrade(request, socket, head, (client) => {
      this.metrics.handshakes.inc({ outcome: 'accepted' });
      this.events.emit('connection', client, { admission: decision, source });
    });
  }

  /** OCPP-J 1.6 §3.1.2 to the letter: complete the handshake without the header, and close at once. */
  private upgradeThenClose(request: IncomingMessage, socket: Duplex, head: Buffer, refusal: Refusal): void {
    this.record(request, refusal);
    this.plain.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate());
      client.close(PROTOCOL_ERROR, refusal.reason);
    });
  }

  private turnAway(socket: Duplex, request: IncomingMessage, refusal: Refusal): void {
    this.record(request, refusal);
    const body = bodyOf(refusal);
    const headers = Object.entries(headersOf(refusal, body)).map(([name, value]) => `${name}: ${value}\r\n`);
    setTimeout(() => socket.destroy(), REFUSAL_LINGER_MS).unref();
    socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${headers.join('')}\r\n${body}`);
  }

  /** Some chargers forget `Connection: Upgrade`, and people try the URL in a browser (notes 4.11). */
  private notAnUpgrade(request: IncomingMessage, response: ServerResponse): void {
    const refusal = refuse(
      426,
      'not_an_upgrade',
      'this is the WebSocket door for chargers: send GET with Connection: Upgrade and Upgrade: websocket',
      { upgrade: 'websocket' },
    );
    this.record(request, refusal);
    const body = bodyOf(refusal);
    response.writeHead(refusal.status, headersOf(refusal, body)).end(body);
  }

  private record(request: IncomingMessage, refusal: Refusal): void {
    this.metrics.handshakes.inc({ outcome: refusal.reason });
    this.logger.warn('handshake refused', {
      reason: refusal.reason,
      status: refusal.status,
      detail: refusal.detail,
      ...identityOf(request.url),
      path: request.url?.slice(0, 300),
      subprotocols: request.headers['sec-websocket-protocol'],
      source: this.sourceOf(request),
      ...(refusal.cause === undefined ? {} : { err: refusal.cause }),
    });
  }

  private sourceOf(request: IncomingMessage): string {
    const forwarded = request.headers['x-forwarded-for'];
    const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return sourceAddress(request.socket.remoteAddress, chain, this.options.trustedHops);
  }
}

function identityOf(target: string | undefined): { cpId?: string } {
  const read = identityFromPath(target ?? '', '');
  return isRefusal(read) ? {} : { cpId: read.identity.slice(0, 255) };
}

function bodyOf({ status, reason, detail }: Refusal): string {
  return JSON.stringify({ type: 'about:blank', title: reason, status, detail });
}

function headersOf(refusal: Refusal, body: string): Record<string, string> {
  return {
    connection: 'close',
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    ...refusal.headers,
  };
}
