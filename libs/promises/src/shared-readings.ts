/**
 * Readings of the same thing that several ask for at once, or one soon after the other.
 *
 * Whoever asks says how old what he gets may be: his reading began no longer ago than that. With 0 it begins after he asked and shows all that was
 * written before; whoever asks while a reading is under way shares the next one then, which begins when that has ended. Of each thing at most one
 * reading is under way and one waits, however many ask. What was read is kept for those who may have it, and read again when half of their time is
 * over, so that of a thing that is asked for all the time nobody waits (`stale-while-revalidate`, RFC 5861).
 */
import { awaitedLater, inBackground } from './background.js';

interface UnderWay<T> {
  readonly reading: Promise<T>;
  /** Milliseconds, by the clock that was handed over. */
  readonly begunAt: number;
  next?: Promise<T>;
}

interface Kept<T> {
  readonly value: T;
  readonly begunAt: number;
}

export class SharedReadings<T> {
  private readonly underWay = new Map<string, UnderWay<T>>();
  /** In the order in which they ended. */
  private readonly kept = new Map<string, Kept<T>>();
  /** The greatest age that anybody ever allowed. */
  private oldest = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Rejects by what the reading rejects by.
   *
   * @param key the same for what would be read by the same
   * @param maxAgeMs so long ago, at most, began the reading
   */
  of(key: string, read: () => Promise<T>, maxAgeMs = 0): Promise<T> {
    if (maxAgeMs === 0) return this.anew(key, read);
    this.oldest = Math.max(this.oldest, maxAgeMs);
    const age = (of?: { readonly begunAt: number }) => (of === undefined ? Infinity : this.now() - of.begunAt);
    const kept = this.kept.get(key);
    const underWay = this.underWay.get(key);
    if (kept !== undefined && age(kept) <= maxAgeMs) {
      const isDue = underWay === undefined && age(kept) * 2 > maxAgeMs;
      // A fault is told to whoever waits for a reading.
      if (isDue) inBackground(this.begin(key, read).catch(() => undefined));
      return Promise.resolve(kept.value);
    }
    return underWay !== undefined && age(underWay) <= maxAgeMs ? underWay.reading : this.anew(key, read);
  }

  private anew(key: string, read: () => Promise<T>): Promise<T> {
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return this.begin(key, read);
    const begin = () => this.begin(key, read);
    underWay.next ??= awaitedLater(underWay.reading.then(begin, begin));
    return underWay.next;
  }

  private begin(key: string, read: () => Promise<T>): Promise<T> {
    const begunAt = this.now();
    const underWay: UnderWay<T> = { reading: awaitedLater(read()), begunAt };
    this.underWay.set(key, underWay);
    const end = () => {
      // The next one puts itself in this one's place.
      if (underWay.next === undefined) this.underWay.delete(key);
    };
    underWay.reading.then((value) => {
      this.keep(key, { value, begunAt });
      end();
    }, end);
    return underWay.reading;
  }

  private keep(key: string, kept: Kept<T>): void {
    if (this.oldest === 0) return;
    this.kept.delete(key);
    this.kept.set(key, kept);
    this.forget();
  }

  /** Of what nobody may have any more. */
  private forget(): void {
    const until = this.now() - this.oldest;
    for (const [key, { begunAt }] of this.kept) {
      if (begunAt >= until) return;
      this.kept.delete(key);
    }
  }
}
