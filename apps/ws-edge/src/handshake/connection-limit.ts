import type { Socket } from 'node:net';
import { sourceGroup } from './source-address.ts';

export interface ConnectionLimits {
  /** Sockets open at once, chargers that are in included. */
  max: number;
  /** Of these, sockets that have not got through the handshake. */
  maxPending: number;
}

/**
 * How many sockets this pod holds. Those before the handshake cost nothing to whoever opens them: when they are too many, the
 * source that has most of them makes room, so that one that opens thousands keeps only itself out.
 */
export class ConnectionLimit {
  private readonly limits: ConnectionLimits;
  /** By source: the sockets before the handshake, oldest first, by what names each. */
  private readonly pending = new Map<string, Map<string, Socket>>();
  private open = 0;
  private waiting = 0;

  constructor(limits: ConnectionLimits) {
    this.limits = limits;
  }

  /** The sockets that have to be closed for this one: it, an older one, or none. */
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
    socket.once('close', () => {
      this.open -= 1;
      this.leave(source, name);
    });
    return closing;
  }

  /** The socket, or what TLS made of it, is a charger's connection now. */
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

/** The same for a socket and the TLS socket on it; null: it is gone already. */
function nameOf({ remoteAddress, remotePort, localPort }: Socket): string | null {
  return remoteAddress === undefined ? null : `${remoteAddress} ${remotePort} ${localPort}`;
}
