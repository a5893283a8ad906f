import { TOKEN } from './api.ts';

export interface SeenEvent {
  id: string;
  type: string;
  data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the JSON of every event
}

/** Reads an event stream as a browser does: an id without data is its next Last-Event-ID and no event. */
export class SseReader {
  readonly events: SeenEvent[] = [];
  lastEventId = '';
  status = 0;
  /** The body of an answer that is no stream. */
  problem: unknown;
  headers = new Headers();
  private readonly leaving = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  static async open(url: string, headers: Record<string, string> = {}): Promise<SseReader> {
    const reader = new SseReader();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      signal: reader.leaving.signal,
    });
    reader.status = response.status;
    reader.headers = response.headers;
    if (response.status !== 200) reader.problem = await response.json();
    else reader.reading = reader.read(response.body as ReadableStream<Uint8Array>).catch(() => undefined);
    return reader;
  }

  /** Of the events, what the charge point sent. */
  get names(): string[] {
    return this.events.map(({ data }) => `${data.data?.cp_id}/${data.data?.payload?.connection_id ?? data.type}`);
  }

  async close(): Promise<void> {
    this.leaving.abort();
    await this.reading;
  }

  /** Resolves when the gateway has ended the stream. */
  async ended(): Promise<void> {
    await this.reading;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      blocks.forEach((block) => this.take(block));
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at), line.slice(at + 1).trimStart()];
      }),
    );
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({ id: this.lastEventId, type: fields.get('event') ?? 'message', data: JSON.parse(data) });
  }
}
