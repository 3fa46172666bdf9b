/**
 * A sampler that keeps no more than so many new traces a second, whatever the load: what tracing costs is bounded by time.
 *
 * Asked only for traces that begin here. In a quiet second as many may be kept at once as in any other.
 */
import type { tracing } from '@opentelemetry/sdk-node';

type Sampler = tracing.Sampler;

export class FewRoots implements Sampler {
  private left: number;
  private at: number;

  /**
   * @param share which traces are kept, were there few
   * @param none what is said of one that is not
   * @param now milliseconds
   */
  constructor(
    private readonly share: Sampler,
    private readonly mostASecond: number,
    private readonly none: tracing.SamplingResult,
    private readonly now: () => number,
  ) {
    this.left = mostASecond;
    this.at = now();
  }

  shouldSample(...asked: Parameters<Sampler['shouldSample']>): tracing.SamplingResult {
    const result = this.share.shouldSample(...asked);
    return result.decision === this.none.decision || this.take() ? result : this.none;
  }

  private take(): boolean {
    const now = this.now();
    this.left = Math.min(this.mostASecond, this.left + ((now - this.at) * this.mostASecond) / 1_000);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  toString(): string {
    return `FewRoots{${this.mostASecond}/s, ${this.share.toString()}}`;
  }
}
