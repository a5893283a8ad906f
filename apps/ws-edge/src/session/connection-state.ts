import type { Registration } from '@ocpp-gw/ocpp-j';
import type { Inventory } from '../effects/index.ts';

const NONE: ReadonlySet<string> = new Set();
const UNKNOWN: Inventory = { vendor: null, model: null, firmwareVersion: null };

/** What one connection has established so far. Each fact is changed by one method, and read by everybody. */
export class ConnectionState {
  private registered: Registration['status'] | null;
  private reported: Inventory;
  private claimed: number | null = null;
  private expected: Set<string> | undefined;
  private missing: Set<string> | undefined;

  /** Both as stored, since they belong to the station and not to the connection (notes 2.9). */
  constructor(registration: Registration['status'] | null, inventory: Inventory = UNKNOWN) {
    this.registered = registration;
    this.reported = inventory;
  }

  get registration(): Registration['status'] | null {
    return this.registered;
  }

  /** Records the registration that was sent to the station. */
  register(status: Registration['status']): void {
    this.registered = status;
  }

  /** As the station named it when it booted last. */
  get inventory(): Inventory {
    return this.reported;
  }

  /** The station has booted. */
  report({ vendor, model, firmwareVersion = null }: Partial<Inventory> & Omit<Inventory, 'firmwareVersion'>): void {
    this.reported = { vendor, model, firmwareVersion };
  }

  /** Epoch of the connection; null until the online registry gave one. */
  get epoch(): number | null {
    return this.claimed;
  }

  /** The online registry has given the token. */
  claim(epoch: number): void {
    this.claimed = epoch;
  }

  /** Actions that the station was asked to send, and said it would. */
  get asked(): ReadonlySet<string> {
    return this.expected ?? NONE;
  }

  /** The station has said that it will send this action. */
  expect(action: string): void {
    this.expected ??= new Set();
    this.expected.add(action);
  }

  /** Whether the station has answered this action NotImplemented or NotSupported. */
  lacks(action: string): boolean {
    return this.missing?.has(action) ?? false;
  }

  /** The station has answered this action NotImplemented or NotSupported. */
  miss(action: string): void {
    this.missing ??= new Set();
    this.missing.add(action);
  }
}
