import { once } from 'node:events';
import { WebSocket, type RawData } from 'ws';

type Frame = [number, string, ...unknown[]];
type Answer = (payload: Record<string, unknown>) => unknown[];

/** A charger that says exactly what a test tells it to, frame by frame. */
export class RawCharger {
  readonly socket: WebSocket;
  readonly frames: unknown[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly waiting = new Set<() => void>();
  private ids = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: RawData) => this.take(JSON.parse(String(data)) as Frame));
    socket.on('close', () => this.wake());
  }

  /** @throws HandshakeRefused with the HTTP status and body. */
  static connect(url: string, protocols: string[], headers: Record<string, string> = {}): Promise<RawCharger> {
    const socket = new WebSocket(url, protocols, { headers });
    return new Promise((resolve, reject) => {
      // The frames of a peer that speaks first must not be missed, so we listen before the upgrade is through.
      const charger = new RawCharger(socket);
      socket.on('open', () => resolve(charger));
      socket.on('error', reject);
      socket.on('unexpected-response', (_, response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => reject(new HandshakeRefused(response.statusCode ?? 0, body)));
      });
    });
  }

  /** Accepted, and known to the gateway. */
  static async booted(url: string, protocol: 'ocpp1.6' | 'ocpp2.0.1'): Promise<RawCharger> {
    const charger = await RawCharger.connect(url, [protocol]);
    const boot =
      protocol === 'ocpp1.6'
        ? { chargePointVendor: 'Raw', chargePointModel: 'R1' }
        : { reason: 'PowerUp', chargingStation: { vendorName: 'Raw', model: 'R2' } };
    const [, , answer] = await charger.call('BootNotification', boot);
    if ((answer as { status?: string }).status !== 'Accepted') throw new Error(`boot: ${JSON.stringify(answer)}`);
    return charger;
  }

  /** How to answer the gateway's CALLs of one action: the elements after the message id, e.g. `[3, payload]`. */
  answer(action: string, answer: Answer): void {
    this.answers.set(action, answer);
  }

  send(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Sends a CALL; resolves to the frame that answers it. */
  async call(action: string, payload: unknown): Promise<Frame> {
    const id = `raw-${(this.ids += 1)}`;
    this.send(JSON.stringify([2, id, action, payload]));
    return this.until((frame) => (frame[0] === 3 || frame[0] === 4) && frame[1] === id);
  }

  /** The first frame received that fits, already here or still to come. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = (this.frames as Frame[]).find(fits);
      if (found) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('closed before the frame came');
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, 10_000);
        this.waiting.add(() => {
          clearTimeout(timer);
          resume();
        });
      });
    }
  }

  async closed(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const gone = once(this.socket, 'close');
    this.socket.close(1000);
    await gone;
  }

  private take(frame: Frame): void {
    this.frames.push(frame);
    if (frame[0] === 2) {
      const [type, ...rest] = this.answers.get(String(frame[2]))?.(frame[3] as Record<string, unknown>) ?? [];
      if (type !== undefined) this.send(JSON.stringify([type, frame[1], ...rest]));
    }
    this.wake();
  }

  private wake(): void {
    for (const resume of this.waiting) resume();
    this.waiting.clear();
  }
}

export class HandshakeRefused extends Error {
  override readonly name = 'HandshakeRefused';
  readonly status: number;
  readonly body: string;
  constructor(status: number, body: string) {
    super(`HTTP ${status}: ${body}`);
    this.status = status;
    this.body = body;
  }
}
