import { TOKEN } from './stack.ts';

export interface StreamedEvent {
  id: string;
  type: string;
  data: { type: string; data: { id: string; cp_id: string; payload: Record<string, unknown> } };
}

/** An event stream as a backend reads it. */
export class EventStreamReader {
  readonly events: StreamedEvent[] = [];
  lastEventId = '';
  private readonly leaving = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  /** @throws Error when the answer is no stream. */
  static async open(url: string, lastEventId?: string): Promise<EventStreamReader> {
    const reader = new EventStreamReader();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${TOKEN}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
      signal: reader.leaving.signal,
    });
    if (response.status !== 200 || !response.body) throw new Error(`${response.status}: ${await response.text()}`);
    reader.reading = reader.read(response.body).catch(() => undefined);
    return reader;
  }

  /** Resolves when the stream has ended, whoever ended it. */
  ended(): Promise<void> {
    return this.reading;
  }

  async close(): Promise<void> {
    this.leaving.abort();
    await this.reading;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const value = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    this.lastEventId = value('id') ?? this.lastEventId;
    const data = value('data');
    if (data === undefined) return;
    this.events.push({
      id: this.lastEventId,
      type: value('event') ?? 'message',
      data: JSON.parse(data) as StreamedEvent['data'],
    });
  }
}
