/**
 * The newest events of the stream, each with an id, so that who comes back, or was slow, is given what he missed.
 *
 * An id is this process's own mark and a number that rises by one an event. Memory is bounded; what cannot be given any more (too long
 * ago, another process's id, events that nobody made because nobody watched) is not guessed: the answer is undefined. The events of a channel
 * stand together, so that giving them costs as much as they are, however many there are of others.
 */
export interface LogEvent {
  readonly number: number;
  /** What it is the word of: a figure of a unit's window, or the reports of a month. */
  readonly figure: string;
  /** As it is sent. */
  readonly text: string;
}

interface LogBounds {
  readonly bytes: number;
  /** So much is given at once at most: more would be a burden for a reader that is only slow. */
  readonly resumeBytes: number;
}

const usual: LogBounds = { bytes: 16 * 1_048_576, resumeBytes: 2 * 1_048_576 };

interface Channel {
  /** Every event of it that is later than this one was made. */
  readonly since: number;
  events: LogEvent[];
}

export class EventLog {
  private events: LogEvent[] = [];
  private bytes = 0;
  private last = 0;
  /** The newest event that is forgotten. */
  private forgotten = 0;
  private readonly channels = new Map<string, Channel>();

  constructor(
    private readonly mark: string,
    private readonly bounds = usual,
  ) {}

  get lastNumber(): number {
    return this.last;
  }

  get lastId(): string {
    return `${this.mark}-${this.last}`;
  }

  /** From now on every event of the channel is made. */
  open(channel: string): void {
    if (!this.channels.has(channel)) this.channels.set(channel, { since: this.last, events: [] });
  }

  close(channel: string): void {
    this.channels.delete(channel);
  }

  isOpen(channel: string): boolean {
    return this.channels.has(channel);
  }

  /** Nothing from before can be given any more: figures were missed. */
  forgetAll(): void {
    this.forgotten = this.last += 1;
    this.events = [];
    this.bytes = 0;
    for (const channel of this.channels.values()) channel.events = [];
  }

  /** @param channels whom it is for; those that are open keep it */
  append(
    channels: readonly string[],
    { name, figure, data }: { name: string; figure: string; data: string },
  ): LogEvent {
    const number = (this.last += 1);
    const event = { number, figure, text: eventText(this.lastId, name, data) };
    this.events.push(event);
    for (const channel of channels) this.channels.get(channel)?.events.push(event);
    this.bytes += event.text.length;
    if (this.bytes > this.bounds.bytes) this.forgetOldest();
    return event;
  }

  /** The events of the channels after the one with this id; undefined where that cannot be known. */
  after(id: string, channels: readonly string[], isNewestOnly = false): LogEvent[] | undefined {
    const match = /^(.+)-(\d{1,15})$/.exec(id);
    if (match === null || match[1] !== this.mark) return undefined;
    return this.afterNumber(Number(match[2]), channels, isNewestOnly);
  }

  /** @param isNewestOnly of each figure the newest event alone */
  afterNumber(number: number, channels: readonly string[], isNewestOnly: boolean): LogEvent[] | undefined {
    const own = channels.map((channel) => this.channels.get(channel));
    const isKnown = number <= this.last && number >= this.forgotten;
    if (!isKnown || own.some((channel) => channel === undefined || number < channel.since)) return undefined;
    const missed = inOrder(own.map((channel) => after(channel?.events ?? [], number)));
    const given = isNewestOnly ? newestOf(missed) : missed;
    const bytes = given.reduce((sum, { text }) => sum + text.length, 0);
    return bytes > this.bounds.resumeBytes ? undefined : given;
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
    for (const channel of this.channels.values()) channel.events = after(channel.events, this.forgotten);
  }
}

export const eventText = (id: string, name: string, data: string): string =>
  `id: ${id}\nevent: ${name}\ndata: ${data}\n\n`;

/** Of each figure the newest alone, in the order of their ids. An event says all of its figure, so nothing is lost. */
export const newestOf = (events: readonly LogEvent[]): LogEvent[] => {
  const newest = new Map<string, LogEvent>();
  for (const event of events) {
    newest.delete(event.figure);
    newest.set(event.figure, event);
  }
  return [...newest.values()];
};

/** Those with a greater number. */
const after = (events: readonly LogEvent[], number: number): LogEvent[] => {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (events[middle].number > number) to = middle;
    else from = middle + 1;
  }
  return events.slice(from);
};

/** An event of several of the channels once. */
const inOrder = (lists: readonly LogEvent[][]): LogEvent[] =>
  lists.length === 1 ? lists[0] : [...new Set(lists.flat())].sort((a, b) => a.number - b.number);
