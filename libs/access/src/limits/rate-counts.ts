/**
 * What this process knows of the rate limits: what each id (a key, a unit, an address) has used in its window, and until when it is used up. Pure.
 *
 * A request asks here and waits for nothing. What it charges is known here at once; what other processes have charged is known when the counter
 * that they share answers, every `FLUSH_MS`. So together they let through at most what is allowed, what was under way, and what the other
 * processes take in one such while. Ids whose window is over are forgotten; beyond `most` of them further ones are not counted.
 */
export interface Charge {
  readonly id: string;
  readonly points: number;
}

/** What a counter says of an id: used in its window by everybody, and how long the window lasts. */
export interface Counted {
  readonly id: string;
  readonly used: number;
  readonly forMs: number;
}

export const WINDOW_MS = 10_000;
export const FLUSH_MS = 100;
/** Some 150 bytes each. */
const MOST_IDS = 50_000;

interface Count {
  /** Not yet told to the counter. */
  pending: number;
  /** Told, and not yet answered. */
  told: number;
  /** As the counter said last, until `endsAt`. */
  used: number;
  endsAt: number;
}

export class RateCounts {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly most = MOST_IDS) {}

  get size(): number {
    return this.counts.size;
  }

  /** Until when an id is used up; undefined while it is not. @param allowed points in a window */
  usedUpUntil(id: string, allowed: number, now: number): number | undefined {
    const count = this.counts.get(id);
    if (count === undefined) return undefined;
    const isKnown = now < count.endsAt;
    if ((isKnown ? count.used : 0) + count.told + count.pending < allowed) return undefined;
    return isKnown ? count.endsAt : now + WINDOW_MS;
  }

  charge(id: string, points: number): void {
    const count = this.counts.get(id);
    if (count !== undefined) count.pending += points;
    else if (this.counts.size < this.most) this.counts.set(id, { pending: points, told: 0, used: 0, endsAt: 0 });
  }

  /** What the counter is to be told now; forgets what is over. */
  take(now: number): Charge[] {
    const charges: Charge[] = [];
    for (const [id, count] of this.counts) {
      if (count.pending > 0) {
        charges.push({ id, points: count.pending });
        count.told += count.pending;
        count.pending = 0;
      } else if (count.told === 0 && now >= count.endsAt) this.counts.delete(id);
    }
    return charges;
  }

  /** What the counter answered to the charges that were taken last. */
  answered(answers: readonly Counted[], now: number): void {
    for (const { id, used, forMs } of answers) {
      const count = this.counts.get(id);
      if (count === undefined) continue;
      count.told = 0;
      count.used = used;
      count.endsAt = now + forMs;
    }
  }
}
