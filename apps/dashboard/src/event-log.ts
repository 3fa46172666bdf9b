/**
 * The newest events of the stream, each with an id, so that who comes back is given what he missed.
 *
 * An id is this process's own mark and a number that rises by one an event. Memory is bounded; what cannot be given any more (too long
 * ago, another process's id, events that nobody made because nobody watched) is not guessed: the answer is undefined.
 */
export interface LogEvent {
  readonly number: number;
  /** Whom it is for: a unit, or the country with its provinces. */
  readonly channels: readonly string[];
  /** As it is sent. */
  readonly text: string;
}

interface LogBounds {
  readonly bytes: number;
  /** So much is given at once at most: more would be a burden for a reader that is only slow. */
  readonly resumeBytes: number;
}

const usual: LogBounds = { bytes: 16 * 1_048_576, resumeBytes: 2 * 1_048_576 };

export class EventLog {
  private events: LogEvent[] = [];
  private bytes = 0;
  private last = 0;
  /** The newest event that is forgotten. */
  private forgotten = 0;
  /** Since which event a channel's events are made. */
  private readonly since = new Map<string, number>();

  constructor(
    private readonly mark: string,
    private readonly bounds = usual,
  ) {}

  get lastId(): string {
    return `${this.mark}-${this.last}`;
  }

  /** From now on every event of the channel is made. */
  open(channel: string): void {
    if (!this.since.has(channel)) this.since.set(channel, this.last);
  }

  close(channel: string): void {
    this.since.delete(channel);
  }

  isOpen(channel: string): boolean {
    return this.since.has(channel);
  }

  /** Nothing from before can be given any more: figures were missed. */
  forgetAll(): void {
    this.forgotten = this.last += 1;
    this.events = [];
    this.bytes = 0;
  }

  append(channels: readonly string[], name: string, data: string): LogEvent {
    const number = (this.last += 1);
    const event = { number, channels, text: eventText(this.lastId, name, data) };
    this.events.push(event);
    this.bytes += event.text.length;
    if (this.bytes > this.bounds.bytes) this.forgetOldest();
    return event;
  }

  /** The events of the channels after the one with this id; undefined where that cannot be known. */
  after(id: string, channels: readonly string[]): LogEvent[] | undefined {
    const match = /^(.+)-(\d{1,15})$/.exec(id);
    if (match === null || match[1] !== this.mark) return undefined;
    const number = Number(match[2]);
    const isKnown = number <= this.last && number >= this.forgotten;
    if (!isKnown || channels.some((channel) => number < (this.since.get(channel) ?? Infinity))) return undefined;
    const missed = this.events.filter(
      (event) => event.number > number && event.channels.some((channel) => channels.includes(channel)),
    );
    const bytes = missed.reduce((sum, { text }) => sum + text.length, 0);
    return bytes > this.bounds.resumeBytes ? undefined : missed;
  }

  /** A quarter at once, so that the rest need not move for every event. */
  private forgetOldest(): void {
    let count = 0;
    while (this.bytes > 0.75 * this.bounds.bytes) {
      this.bytes -= this.events[count].text.length;
      count += 1;
    }
    this.forgotten = this.events[count - 1].number;
    this.events = this.events.slice(count);
  }
}

export const eventText = (id: string, name: string, data: string): string =>
  `id: ${id}\nevent: ${name}\ndata: ${data}\n\n`;
