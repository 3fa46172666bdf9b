/** Checks that were made, each with what was found against it. */
const SHOWN = 10;

export interface Check {
  readonly name: string;
  readonly faults: readonly string[];
}

export class Checks {
  readonly made: Check[] = [];

  constructor(private readonly say: (line: string) => void) {}

  note(name: string, faults: readonly string[]): void {
    this.made.push({ name, faults });
    this.say(`${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${name}`);
    for (const fault of faults.slice(0, SHOWN)) this.say(`        ${fault}`);
    if (faults.length > SHOWN) this.say(`        and ${faults.length - SHOWN} more`);
  }

  /** A check that breaks has failed; those after it are made all the same. */
  async make(name: string, findFaults: () => Promise<readonly string[]> | readonly string[]): Promise<void> {
    try {
      this.note(name, await findFaults());
    } catch (error) {
      this.note(name, [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
    }
  }

  get failed(): number {
    return this.made.filter(({ faults }) => faults.length > 0).length;
  }

  /** The line that a run ends with. */
  sum(what: string): string {
    return `${what}: ${this.made.length - this.failed} checks passed, ${this.failed} failed`;
  }
}
