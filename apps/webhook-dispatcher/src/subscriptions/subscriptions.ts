import type { Subscription } from './declaration.ts';
import { matches } from './event-pattern.ts';

/** The subscriptions of this process. A receiver that answered 410 stays disabled until the process starts again. */
export class Subscriptions {
  private readonly disabled = new Set<string>();

  constructor(readonly all: readonly Subscription[]) {}

  /** The subscriptions that want an event of this type. */
  wanting(type: string): Subscription[] {
    return this.all.filter((one) => this.isEnabled(one.name) && one.events.some((pattern) => matches(pattern, type)));
  }

  isEnabled(name: string): boolean {
    return !this.disabled.has(name);
  }

  disable(name: string): void {
    this.disabled.add(name);
  }
}
