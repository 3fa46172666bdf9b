/** A client of the live stream that keeps what it is sent. */
import { inBackground } from '#promises';
import { authorizedFetch } from './authorized-fetch.js';

export interface SeenEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** Request Timeout. */
const TOO_SLOW = 408;

export class SseClient {
  readonly events: SeenEvent[] = [];
  /** As `EventSource` keeps it. */
  lastId = '';
  private readonly ending = new AbortController();
  private text = '';

  private constructor(private readonly response: Response) {
    inBackground(this.read());
  }

  static async open(url: string, lastId?: string): Promise<SseClient> {
    const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId };
    let response = await authorizedFetch(url, { headers });
    // A server that stood still for ten seconds, as on a machine that is full, takes whoever has just come for one that sends too slowly.
    if (response.status === TOO_SLOW) response = await authorizedFetch(url, { headers });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return new SseClient(response);
  }

  /** The rollups of a window and an indicator, in the order in which they came. */
  rollups(window: string, indicator: string): Record<string, unknown>[] {
    return this.events
      .filter(({ name, data }) => name === 'rollup' && data.window === window && data.indicator === indicator)
      .map(({ data }) => data);
  }

  named(name: string): SeenEvent[] {
    return this.events.filter((event) => event.name === name);
  }

  close(): void {
    this.ending.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    const reader = (this.response.body as ReadableStream<Uint8Array>).getReader();
    this.ending.signal.addEventListener('abort', () => inBackground(reader.cancel(), () => undefined));
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.take(decoder.decode(value, { stream: true }));
      }
    } catch {
      // the server or the test has ended it
    }
  }

  private take(more: string): void {
    const parts = (this.text + more).split('\n\n');
    this.text = parts.pop() as string;
    for (const part of parts) {
      const fields = new Map(
        part.split('\n').map((line) => {
          const at = line.indexOf(': ');
          return [line.slice(0, at), line.slice(at + 2)] as const;
        }),
      );
      this.lastId = fields.get('id') ?? this.lastId;
      const data = fields.get('data');
      if (data === undefined) continue;
      const event = { id: this.lastId, name: fields.get('event') ?? 'message' };
      this.events.push({ ...event, data: JSON.parse(data) as Record<string, unknown> });
    }
  }
}
