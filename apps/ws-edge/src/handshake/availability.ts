import { refuse, type Refusal } from './refusal.ts';

/** Guard: refuses handshakes during a drain, once the load balancer has noticed it. */
export class Availability {
  private open = true;

  close(): void {
    this.open = false;
  }

  check(): Refusal | null {
    if (this.open) return null;
    return refuse(503, 'draining', 'this instance is shutting down; connect again to reach another one', {
      'retry-after': '1',
    });
  }
}
