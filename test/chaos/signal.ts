/**
 * A signal: things sent again and again, and when each was seen to have arrived. What was down has recovered when something sent
 * after that has arrived.
 */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly seenAt: number;
}

export class Signal {
  private readonly samples: Sample[] = [];

  note(sentAt: number, seenAt: number): void {
    this.samples.push({ sentAt, seenAt });
  }

  /** When something that was sent at that time or later was first seen; undefined while nothing was. */
  firstSince(time: number): number | undefined {
    const seen = this.samples.filter(({ sentAt }) => sentAt >= time).map(({ seenAt }) => seenAt);
    return seen.length === 0 ? undefined : seen.reduce((least, at) => Math.min(least, at));
  }

  /** Milliseconds on the way, of what was sent in a time. */
  latencies(from: number, to: number): number[] {
    return this.samples
      .filter(({ sentAt }) => sentAt >= from && sentAt < to)
      .map(({ sentAt, seenAt }) => seenAt - sentAt);
  }
}
