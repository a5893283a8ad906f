import { identityKey } from '@ocpp-gw/contracts';

/** A start that comes later than so many other remote starts is not linked to its command. */
const KEPT = 10_000;

/** The trace contexts of remote starts that this pod has sent, until a transaction follows from them. */
export class RemoteStartTraces {
  private readonly contexts = new Map<string, string>();

  keep(cpId: string, remoteStartId: number, traceparent: string): void {
    this.contexts.set(keyOf(cpId, remoteStartId), traceparent);
    const [oldest] = this.contexts.keys();
    if (this.contexts.size > KEPT && oldest !== undefined) this.contexts.delete(oldest);
  }

  /** What led to a transaction, which happens once. */
  take(cpId: string, remoteStartId: number): string | undefined {
    const key = keyOf(cpId, remoteStartId);
    const traceparent = this.contexts.get(key);
    this.contexts.delete(key);
    return traceparent;
  }
}

function keyOf(cpId: string, remoteStartId: number): string {
  return `${remoteStartId} ${identityKey(cpId)}`;
}
