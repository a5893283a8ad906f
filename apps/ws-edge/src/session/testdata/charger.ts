import { WebSocket, type ClientOptions } from 'ws';

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

function readFrame(text: string): Frame {
  const [type, id, third, fourth] = JSON.parse(text) as [number, string, unknown, unknown];
  if (type === 2) return { call: id, action: third as string, payload: fourth };
  if (type === 3) return { result: id, payload: third };
  return { error: id, code: third as string, description: fourth as string };
}

/** The charger's end of a real socket. */
export class TestCharger {
  readonly ws: WebSocket;
  /** Frames received and not yet taken, oldest first. */
  readonly inbox: Frame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly takers: ((frame: Frame) => void)[] = [];

  private constructor(ws: WebSocket) {
    this.ws = ws;
    this.closed = new Promise((resolve) =>
      ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    ws.on('message', (data) => {
      const frame = readFrame((data as Buffer).toString());
      const taker = this.takers.shift();
      if (taker) taker(frame);
      else this.inbox.push(frame);
    });
    ws.on('error', () => undefined);
  }

  static connect(url: string, subprotocols: string[] = ['ocpp1.6'], options: ClientOptions = {}): Promise<TestCharger> {
    return new Promise((resolve, reject) => {
      const charger = new TestCharger(new WebSocket(url, subprotocols, options));
      charger.ws.on('open', () => resolve(charger));
      charger.ws.on('unexpected-response', (_request, response) => reject(new RefusedError(response.statusCode ?? 0)));
      charger.ws.on('error', reject);
    });
  }

  send(frame: unknown): void {
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame from the gateway. */
  next(): Promise<Frame> {
    const waiting = this.inbox.shift();
    if (waiting) return Promise.resolve(waiting);
    return new Promise((resolve) => this.takers.push(resolve));
  }

  /** Sends a CALL and gives the next frame, which is its answer when nothing else goes on. */
  call(id: string, action: string, payload: unknown = {}): Promise<Frame> {
    this.send([2, id, action, payload]);
    return this.next();
  }

  boot(): Promise<Frame> {
    return this.call('boot', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  }
}

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}
