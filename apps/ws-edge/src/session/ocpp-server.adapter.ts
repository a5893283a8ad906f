import type { WebSocketAdapter } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { OcppServer } from './ocpp-server.ts';

type Listener = (...args: unknown[]) => void;

/**
 * Connects the listener for charge points to Nest's gateway lifecycle. Nest's own WsAdapter matches one exact path,
 * drops what it cannot parse and terminates every client at shutdown, so it does not fit charge points.
 */
export class OcppServerAdapter implements WebSocketAdapter<OcppServer, WebSocket> {
  constructor(private readonly server: OcppServer) {}

  create(): OcppServer {
    return this.server;
  }

  bindClientConnect(server: OcppServer, listener: Listener): void {
    server.onConnection(listener);
  }

  /** Frames go directly to the session. Nest does nothing for a message. */
  bindMessageHandlers(): void {
    return undefined;
  }

  close(server: OcppServer): Promise<void> {
    return server.close();
  }

  async dispose(): Promise<void> {
    return undefined;
  }
}
