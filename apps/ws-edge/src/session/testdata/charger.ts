import { type Closing, type ConnectOptions, FakeCharger } from '@ocpp-gw/testing';

/** A frame of the gateway, by what it is. */
export interface Frame {
  result?: string;
  error?: string;
  call?: string;
  code?: string;
  description?: string;
  action?: string;
  payload?: unknown;
}

/** A fake charger that reads the gateway's frames one by one, answers to its own CALLs among them. */
export class TestCharger {
  readonly wire: FakeCharger;

  private constructor(wire: FakeCharger) {
    this.wire = wire;
  }

  static async connect(options: ConnectOptions): Promise<TestCharger> {
    return new TestCharger(await FakeCharger.connect(options));
  }

  get closed(): Promise<Closing> {
    return this.wire.closed;
  }

  send(frame: unknown): void {
    if (typeof frame === 'string') this.wire.sendRaw(frame);
    else this.wire.send(frame);
  }

  /** The next frame from the gateway. */
  async next(): Promise<Frame> {
    const [type, id, third, fourth] = (await this.wire.next()) as [number, string, unknown, unknown];
    if (type === 2) return { call: id, action: third as string, payload: fourth };
    if (type === 3) return { result: id, payload: third };
    return { error: id, code: third as string, description: fourth as string };
  }

  /** Sends a CALL and gives the next frame, which is its answer when nothing else goes on. */
  call(id: string, action: string, payload: unknown = {}): Promise<Frame> {
    this.send([2, id, action, payload]);
    return this.next();
  }

  boot(id = 'boot'): Promise<Frame> {
    return this.call(id, 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  }
}
