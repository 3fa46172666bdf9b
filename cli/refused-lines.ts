/** What was refused of a file, by line: the first lines with their reasons, of all of them how many by code. */
import { vi } from './say.js';

export interface RefusedLine {
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

const MOST_NAMED = 20;

export class RefusedLines {
  private named: RefusedLine[] = [];
  private readonly counts = new Map<string, number>();

  /** In any order: batches are answered as they are. */
  add(refused: RefusedLine): void {
    this.counts.set(refused.code, (this.counts.get(refused.code) ?? 0) + 1);
    this.named = [...this.named, refused].sort((a, b) => a.line - b.line).slice(0, MOST_NAMED);
  }

  get total(): number {
    return [...this.counts.values()].reduce((total, count) => total + count, 0);
  }

  /** For people to read. */
  report(): readonly string[] {
    const more = this.total - this.named.length;
    return [
      `Bị từ chối / refused: ${vi(this.total)}`,
      ...this.named.map(
        ({ line, code, detail }) => `  dòng / line ${line}: ${code}${detail === '' ? '' : ` (${detail})`}`,
      ),
      ...(more > 0 ? [`  … và ${vi(more)} dòng nữa / and ${vi(more)} more`] : []),
      ...[...this.counts].sort((a, b) => b[1] - a[1]).map(([code, count]) => `  ${code} ${vi(count)}`),
    ];
  }
}
