/**
 * The newest events of the stream, each with an id, so that who comes back, or was slow, is given what he missed.
 *
 * An id is this process's own mark and a number that rises by one an event. What cannot be given (too long ago, another process's id, events
 * that nobody made because nobody watched) is not guessed: the answer is undefined. Memory is bounded: a channel keeps the newest event of each
 * figure, which is all that there is to be told however long ago it was, or every event, of which the oldest are forgotten. The events of a
 * channel stand together, so that giving them costs as much as they are, however many there are of others.
 */
export interface LogEvent {
  readonly number: number;
  /** What it is the word of: a figure of a unit's window, or the reports of a month. */
  readonly figure: string;
  /** As it is sent. */
  readonly text: string;
}

/** What a channel keeps: every event, or the newest of each figure. */
export type Keeps = 'every' | 'newest';

interface LogBounds {
  /** Of all that the channels have that keep every event. */
  readonly bytes: number;
  /** So much is given at once at most: more would be a burden for a reader that is only slow. */
  readonly resumeBytes: number;
}

const usual: LogBounds = { bytes: 16 * 1_048_576, resumeBytes: 2 * 1_048_576 };

interface Channel {
  readonly keeps: Keeps;
  /** Every event of it that is later was made, and can be given. */
  readonly since: number;
  add(event: LogEvent): void;
  /** Those with a greater number, in their order. */
  after(number: number): LogEvent[];
}

class EveryEvent implements Channel {
  readonly keeps = 'every';
  private events: LogEvent[] = [];

  constructor(public since: number) {}

  add(event: LogEvent): void {
    this.events.push(event);
  }

  after(number: number): LogEvent[] {
    return after(this.events, number);
  }

  forget(upTo: number): void {
    this.events = this.after(upTo);
    this.since = Math.max(this.since, upTo);
  }
}

class NewestEvents implements Channel {
  readonly keeps = 'newest';
  private readonly events = new Map<string, LogEvent>();

  constructor(readonly since: number) {}

  add(event: LogEvent): void {
    // So that it stands last.
    this.events.delete(event.figure);
    this.events.set(event.figure, event);
  }

  after(number: number): LogEvent[] {
    return [...this.events.values()].filter((event) => event.number > number);
  }
}

export class EventLog {
  /** Those that some channel keeps every one of. */
  private events: LogEvent[] = [];
  private bytes = 0;
  private last = 0;
  private readonly channels = new Map<string, EveryEvent | NewestEvents>();

  constructor(
    private readonly mark: string,
    private readonly bounds = usual,
  ) {}

  get lastNumber(): number {
    return this.last;
  }

  get lastId(): string {
    return this.idOf(this.last);
  }

  idOf(number: number): string {
    return `${this.mark}-${number}`;
  }

  /** From now on every event of the channel is made: after a number of its own, by which before and after are told apart. */
  open(channel: string, keeps: Keeps): void {
    if (this.channels.has(channel)) return;
    this.last += 1;
    this.begin(channel, keeps);
  }

  close(channel: string): void {
    this.channels.delete(channel);
  }

  isOpen(channel: string): boolean {
    return this.channels.has(channel);
  }

  /** Nothing from before can be given any more: figures were missed. */
  forgetAll(): void {
    this.last += 1;
    this.events = [];
    this.bytes = 0;
    for (const [channel, { keeps }] of this.channels) this.begin(channel, keeps);
  }

  /** @param channels whom it is for; those that are open keep it */
  append(
    channels: readonly string[],
    { name, figure, data }: { name: string; figure: string; data: string },
  ): LogEvent {
    const number = (this.last += 1);
    const event = { number, figure, text: eventText(this.lastId, name, data) };
    const own = channels.flatMap((channel) => this.channels.get(channel) ?? []);
    for (const channel of own) channel.add(event);
    if (own.some(({ keeps }) => keeps === 'every')) this.keep(event);
    return event;
  }

  /** The events of the channels after the one with this id; undefined where that cannot be known. */
  after(id: string, channels: readonly string[]): LogEvent[] | undefined {
    const match = /^(.+)-(\d{1,15})$/.exec(id);
    if (match === null || match[1] !== this.mark) return undefined;
    return this.afterNumber(Number(match[2]), channels);
  }

  afterNumber(number: number, channels: readonly string[]): LogEvent[] | undefined {
    const own = channels.flatMap((channel) => this.channels.get(channel) ?? []);
    const isKnown = number <= this.last && own.every(({ since }) => number >= since);
    if (!isKnown || own.length < channels.length) return undefined;
    const given = inOrder(own.map((channel) => channel.after(number)));
    const bytes = given.reduce((sum, { text }) => sum + text.length, 0);
    return bytes > this.bounds.resumeBytes ? undefined : given;
  }

  private begin(channel: string, keeps: Keeps): void {
    this.channels.set(channel, keeps === 'every' ? new EveryEvent(this.last) : new NewestEvents(this.last));
  }

  private keep(event: LogEvent): void {
    this.events.push(event);
    this.bytes += event.text.length;
    if (this.bytes > this.bounds.bytes) this.forgetOldest();
  }

  /** A quarter at once, so that the rest need not move for every event. */
  private forgetOldest(): void {
    let count = 0;
    while (this.bytes > 0.75 * this.bounds.bytes) {
      this.bytes -= this.events[count].text.length;
      count += 1;
    }
    const forgotten = this.events[count - 1].number;
    this.events = this.events.slice(count);
    for (const channel of this.channels.values()) if (channel.keeps === 'every') channel.forget(forgotten);
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
