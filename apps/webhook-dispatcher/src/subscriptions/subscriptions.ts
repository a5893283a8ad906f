import { matchesEvent } from '@ocpp-gw/contracts';
import type { WebhookState } from '@ocpp-gw/persistence';

/** A secret that signs; with `until`, it is the old one of a rotation. */
export interface SigningSecret {
  value: string;
  until: Date | null;
}

/** A subscription as the dispatcher delivers to it. */
export interface Subscription {
  name: string;
  url: string;
  events: readonly string[];
  ordered: boolean;
  state: WebhookState;
  secrets: readonly SigningSecret[];
}

/** The secrets that sign at this moment. */
export function secretsAt({ secrets }: Subscription, now: Date): string[] {
  return secrets.filter(({ until }) => until === null || until > now).map(({ value }) => value);
}

/** The subscriptions as this process last read them. */
export class Subscriptions {
  private byName: ReadonlyMap<string, Subscription> = new Map();

  constructor(all: readonly Subscription[] = []) {
    this.replace(all);
  }

  get all(): Subscription[] {
    return [...this.byName.values()];
  }

  replace(all: readonly Subscription[]): void {
    this.byName = new Map(all.map((one) => [one.name, one]));
  }

  get(name: string): Subscription | undefined {
    return this.byName.get(name);
  }

  /** Those that want an event of this type. One that is paused or disabled gets it later. */
  wanting(type: string): Subscription[] {
    return this.all.filter((one) => one.events.some((pattern) => matchesEvent(pattern, type)));
  }

  /** Whether anything may be sent to it now. */
  isActive(name: string): boolean {
    const one = this.byName.get(name);
    return one?.state === 'active' && one.secrets.length > 0;
  }

  /** Until it is read again. */
  disable(name: string): void {
    const one = this.byName.get(name);
    if (one) this.byName = new Map([...this.byName, [name, { ...one, state: 'disabled' }]]);
  }
}
