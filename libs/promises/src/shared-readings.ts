/**
 * Readings of the same thing that several ask for at once.
 *
 * Whoever asks while a reading is under way shares the next one, which begins when that has ended: of each thing at most one reading is under way and
 * one waits, however many ask. Everybody's reading begins after he asked, so that it shows all that was written before.
 */
import { awaitedLater } from './background.js';

interface UnderWay<T> {
  readonly reading: Promise<T>;
  next?: Promise<T>;
}

export class SharedReadings<T> {
  private readonly underWay = new Map<string, UnderWay<T>>();

  /** Rejects by what the reading rejects by. @param key the same for what would be read by the same */
  of(key: string, read: () => Promise<T>): Promise<T> {
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return this.begin(key, read);
    const begin = () => this.begin(key, read);
    underWay.next ??= awaitedLater(underWay.reading.then(begin, begin));
    return underWay.next;
  }

  private begin(key: string, read: () => Promise<T>): Promise<T> {
    const underWay: UnderWay<T> = { reading: awaitedLater(read()) };
    this.underWay.set(key, underWay);
    const end = () => {
      // The next one puts itself in this one's place.
      if (underWay.next === undefined) this.underWay.delete(key);
    };
    underWay.reading.then(end, end);
    return underWay.reading;
  }
}
