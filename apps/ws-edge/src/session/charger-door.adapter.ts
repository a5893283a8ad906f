import type { WebSocketAdapter } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { ChargerDoor } from './charger-door.ts';

type Listener = (...args: unknown[]) => void;

/**
 * Connects the listener for charge points to Nest's gateway lifecycle. Nest's own WsAdapter matches one exact path,
 * drops what it cannot parse and terminates every client at shutdown, so it does not fit charge points.
 */
export class ChargerDoorAdapter implements WebSocketAdapter<ChargerDoor, WebSocket> {
  private readonly door: ChargerDoor;

  constructor(door: ChargerDoor) {
    this.door = door;
  }

  create(): ChargerDoor {
    return this.door;
  }

  bindClientConnect(door: ChargerDoor, listener: Listener): void {
    door.onConnection(listener);
  }

  bindClientDisconnect(client: WebSocket, listener: Listener): void {
    client.on('close', listener);
  }

  /** Frames go directly to the session. Nest does nothing for a message. */
  bindMessageHandlers(): void {
    return undefined;
  }

  close(door: ChargerDoor): Promise<void> {
    return door.close();
  }

  async dispose(): Promise<void> {
    return undefined;
  }
}
