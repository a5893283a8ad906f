import type { Socket } from 'node:net';
import { sourceGroup } from './source-address.ts';

export interface ConnectionLimits {
  /** Greatest number of open sockets, including the connections of charge points. */
  max: number;
  /** Greatest number of open sockets that have not passed the handshake. */
  maxPending: number;
}

/**
 * Limits the open sockets of this pod. Sockets before the handshake cost their sender nothing, so when there are too
 * many, one of the source that has most of them is closed. A source that opens thousands keeps only itself out.
 */
export class ConnectionLimit {
  /** For each source its sockets before the handshake, oldest first. */
  private readonly pending = new Map<string, Map<string, Socket>>();
  private open = 0;
  private waiting = 0;

  constructor(private readonly limits: ConnectionLimits) {}

  /** Returns the sockets that must be closed for this one: itself, an older one, or none. */
  accept(socket: Socket): Socket[] {
    const name = nameOf(socket);
    const source = sourceGroup(socket.remoteAddress ?? 'unknown');
    if (name === null || this.open >= this.limits.max) return [socket];
    const closing: Socket[] = [];
    if (this.waiting >= this.limits.maxPending) {
      const [largest, sockets] = this.largest();
      const own = this.pending.get(source)?.size ?? 0;
      if (largest === source || sockets.size <= own + 1) return [socket];
      const [oldest] = sockets;
      if (oldest) {
        this.leave(largest, oldest[0]);
        closing.push(oldest[1]);
      }
    }
    const sockets = this.pending.get(source) ?? new Map<string, Socket>();
    this.pending.set(source, sockets.set(name, socket));
    this.open += 1;
    this.waiting += 1;
    // Not `once`, whose wrapper each connection would keep.
    socket.on('close', () => {
      this.open -= 1;
      this.leave(source, name);
    });
    return closing;
  }

  /** Records that the socket, or the TLS socket on it, is now the connection of a charge point. */
  settled(socket: Socket): void {
    const name = nameOf(socket);
    if (name !== null) this.leave(sourceGroup(socket.remoteAddress ?? 'unknown'), name);
  }

  private leave(source: string, name: string): void {
    const sockets = this.pending.get(source);
    if (!sockets?.delete(name)) return;
    this.waiting -= 1;
    if (sockets.size === 0) this.pending.delete(source);
  }

  private largest(): [string, Map<string, Socket>] {
    let found: [string, Map<string, Socket>] = ['', new Map()];
    for (const entry of this.pending) if (entry[1].size > found[1].size) found = entry;
    return found;
  }
}

/** The name of a socket, the same as that of the TLS socket on it; null when it is already closed. */
function nameOf({ remoteAddress, remotePort, localPort }: Socket): string | null {
  return remoteAddress === undefined ? null : `${remoteAddress} ${remotePort} ${localPort}`;
}
