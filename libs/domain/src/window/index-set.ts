/**
 * A set of small whole numbers, below a size that is known: which indicators of a window have changed.
 *
 * Bits of one number hold 32 of them and wrap round without a word; these hold as many as the catalogue has.
 */
export class IndexSet {
  private readonly flags: Uint8Array;
  /** Whether nothing is in it. */
  isEmpty = true;

  constructor(size: number) {
    this.flags = new Uint8Array(size);
  }

  add(index: number): void {
    this.flags[index] = 1;
    this.isEmpty = false;
  }

  has(index: number): boolean {
    return this.flags[index] === 1;
  }

  clear(): void {
    if (!this.isEmpty) this.flags.fill(0);
    this.isEmpty = true;
  }
}
