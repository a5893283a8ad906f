import type { Logger } from '@ocpp-gw/service-kit';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type PerMessageDeflateOptions, type WebSocket } from 'ws';
import type { HandshakeGuards } from '../handshake/handshake-guards.ts';
import type { Admission, Handshake, HandshakeDecision } from '../handshake/handshake.ts';
import { parserFault, targetOf } from '../handshake/parser-fault.ts';
import { abandoned, isRefusal, refuse, type Refusal } from '../handshake/refusal.ts';
import { sourceAddress } from '../handshake/source-address.ts';
import { transportOf } from '../handshake/transport.ts';
import { narrowUpgradeHeaders } from '../handshake/upgrade-headers.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { OcppServerLog } from './ocpp-server-log.ts';
import { OcppServerListener, type ListenerOptions, type TlsMaterial } from './ocpp-server-listener.ts';
import { respondWithRefusal, writeRefusal } from './ocpp-server-refusal.ts';

/** RFC 6455 §7.4.1: the close code for "no common subprotocol", used after the upgrade. */
const PROTOCOL_ERROR = 1002;

/** Keeps idle connections small: no compression state between messages, and short messages uncompressed (notes 2.8). */
const DEFLATE: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: 1024,
  concurrencyLimit: 4,
};

export interface OcppServerOptions {
  host: string;
  /** The port without TLS; null when there is none. */
  port: number | null;
  tls: (TlsMaterial & { port: number }) | null;
  maxFrameBytes: number;
  /** Time within which request line and headers must be complete. */
  headersTimeoutMs: number;
  trustedHops: number;
}

/** The parts that decide about a handshake, and about what comes before and after it. */
export type Guards = Pick<HandshakeGuards, 'connections' | 'damper' | 'heldBack' | 'refused'> & {
  handshake: Pick<Handshake, 'decide'>;
};

export interface Arrival {
  admission: Admission;
  source: string;
}

/** Listens on the ports for charge points. It decides before it upgrades, and a refusal says why. */
export class OcppServer {
  private readonly log: OcppServerLog;
  private readonly events = new EventEmitter<{ connection: [WebSocket, Arrival] }>();
  private readonly listeners: { plain: OcppServerListener | null; tls: OcppServerListener | null };
  private readonly plain: WebSocketServer;
  private readonly deflating: WebSocketServer;
  /**
   * The subprotocol that `ws` may echo. Without this `ws` would choose the first one offered, whatever it is (notes
   * 2.6).
   */
  private readonly chosen = new WeakMap<IncomingMessage, string>();
  /** Sockets that sent no valid request and have been answered. */
  private readonly unreadable = new WeakSet<Duplex>();

  constructor(
    private readonly options: OcppServerOptions,
    private readonly guards: Guards,
    private readonly metrics: EdgeMetrics,
    logger: Logger,
  ) {
    this.log = new OcppServerLog(metrics, logger, guards.refused);
    this.plain = this.webSocketServer(false);
    this.deflating = this.webSocketServer(DEFLATE);
    const { host, port, tls, headersTimeoutMs } = options;
    this.listeners = {
      plain: port === null ? null : this.listener({ host, port, headersTimeoutMs, tls: null }),
      tls: tls && this.listener({ host, port: tls.port, headersTimeoutMs, tls }),
    };
  }

  onConnection(listener: (socket: WebSocket, arrival: Arrival) => void): void {
    this.events.on('connection', listener);
  }

  /** The address it listens on; null when there is no such port. */
  get ports(): { plain: number | null; tls: number | null } {
    return { plain: this.listeners.plain?.port ?? null, tls: this.listeners.tls?.port ?? null };
  }

  async listen(): Promise<void> {
    for (const listener of this.open()) {
      await listener.listen();
      listener.server.on('error', (error) => this.log.failed(error));
    }
  }

  /** Stops listening. Open connections stay open, because they belong to their sessions. */
  async close(): Promise<void> {
    await Promise.all(this.open().map((listener) => listener.close()));
  }

  private open(): OcppServerListener[] {
    return [this.listeners.plain, this.listeners.tls].filter((listener) => listener !== null);
  }

  private listener(options: ListenerOptions): OcppServerListener {
    const listener = new OcppServerListener(options);
    const { server } = listener;
    server.on('connection', (socket: Socket) => this.connected(socket));
    server.on('request', (request, response) => {
      const refusal = notAnUpgrade();
      this.log.refused(request, refusal, this.sourceOf(request));
      respondWithRefusal(response, refusal);
    });
    server.on('connect', (request, socket) => this.reject(socket, request, notAnUpgrade()));
    server.on('upgrade', (request, socket, head) => {
      this.upgrade(request, socket, head).catch((err: unknown) => {
        this.log.broken(request, err);
        socket.destroy();
      });
    });
    this.listenForFaults(server);
    return listener;
  }

  /** Handles data that never becomes a request. Node would answer it without any event for us. */
  private listenForFaults(server: Server): void {
    const ofTls = new WeakSet<Error>();
    // This listener comes first, because Node's own listener reports the same faults again as faults of HTTP.
    server.prependListener('tlsClientError', (error: Error, socket: Socket) => {
      ofTls.add(error);
      this.log.tlsFailed(error, socket.remoteAddress ?? 'unknown');
      socket.destroy();
    });
    server.on('clientError', (error: Error, socket: Duplex) => {
      if (ofTls.has(error) || this.unreadable.has(socket)) return;
      this.unreadable.add(socket);
      const refusal = parserFault(error);
      this.log.unread(refusal, targetOf(error), (socket as Socket).remoteAddress ?? 'unknown');
      if (socket.writable) writeRefusal(socket, refusal);
      else socket.destroy();
    });
  }

  private connected(socket: Socket): void {
    for (const closing of this.guards.connections.accept(socket)) {
      const refusal = refuse(503, 'too_many_connections', 'more connections are open than this instance holds');
      this.log.unread(refusal, undefined, closing.remoteAddress ?? 'unknown');
      closing.destroy();
    }
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
      this.reject(socket, request, refuse(400, 'malformed_upgrade', `not a WebSocket handshake: ${error.message}`));
    });
    return server;
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const source = this.sourceOf(request);
    const decision = await this.decide(request, socket, source);
    if (isRefusal(decision)) {
      this.reject(socket, request, decision);
      return;
    }
    if ('closeAfterUpgrade' in decision) {
      this.upgradeThenClose(request, socket, head, decision.closeAfterUpgrade);
      return;
    }
    const { protocol, echo, deviations } = decision;
    const { subprotocol, compression } = protocol.dialect;
    if (echo !== null) this.chosen.set(request, echo);
    const declined = narrowUpgradeHeaders(request.headers, echo === null ? null : subprotocol);
    const server = compression ? this.deflating : this.plain;
    server.handleUpgrade(request, socket, head, (client) => {
      this.guards.connections.settled(request.socket);
      if (compression && declined) deviations.push('unusable-compression-offer');
      this.log.accepted(request, decision);
      this.watch(client, decision.station.cpId, source);
      this.events.emit('connection', client, { admission: decision, source });
    });
  }

  private async decide(request: IncomingMessage, socket: Duplex, source: string): Promise<HandshakeDecision> {
    const startedAt = performance.now();
    const over = new AbortController();
    const leave = (): void => over.abort();
    // Until `ws` takes the socket over, nothing else handles a reset by the peer.
    const broken = (): void => void socket.destroy();
    socket.on('error', broken).on('end', leave).on('close', leave);
    const decision = await this.guards.handshake.decide({
      target: request.url ?? '/',
      subprotocols: request.headers['sec-websocket-protocol'],
      authorization: request.headers.authorization,
      source,
      over,
      ...transportOf(request, this.options.trustedHops),
    });
    this.metrics.handshakeSeconds.observe((performance.now() - startedAt) / 1000);
    socket.off('end', leave).off('close', leave);
    if (isRefusal(decision)) return decision;
    if (over.signal.aborted || socket.destroyed) return abandoned();
    socket.off('error', broken);
    return decision;
  }

  private watch(client: WebSocket, cpId: string, source: string): void {
    const { damper } = this.guards;
    const { reconnects, ended } = damper.opened(cpId, source);
    client.on('close', ended);
    if (reconnects.delayMs === 0) return;
    this.log.heldBack(cpId, reconnects);
    this.guards.heldBack(cpId, reconnects);
  }

  /** Follows OCPP-J 1.6 §3.1.2 literally: completes the handshake without the header and closes at once. */
  private upgradeThenClose(request: IncomingMessage, socket: Duplex, head: Buffer, refusal: Refusal): void {
    this.log.refused(request, refusal, this.sourceOf(request));
    narrowUpgradeHeaders(request.headers, null);
    this.plain.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate());
      client.close(PROTOCOL_ERROR, refusal.reason);
    });
  }

  private reject(socket: Duplex, request: IncomingMessage, refusal: Refusal): void {
    this.log.refused(request, refusal, this.sourceOf(request));
    if (!socket.destroyed) writeRefusal(socket, refusal);
  }

  private sourceOf(request: IncomingMessage): string {
    return sourceAddress(request.socket.remoteAddress, request.headers['x-forwarded-for'], this.options.trustedHops);
  }
}

/** Some chargers forget `Connection: Upgrade`, and people try the URL in a browser (notes 4.11). */
function notAnUpgrade(): Refusal {
  return refuse(
    426,
    'not_an_upgrade',
    'this port serves the WebSockets of charge points: send GET with Connection: Upgrade and Upgrade: websocket',
    { upgrade: 'websocket' },
  );
}
