import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { tracing } from '@opentelemetry/sdk-node';
import { FewRoots } from './few-roots.js';

const { AlwaysOffSampler, AlwaysOnSampler, SamplingDecision } = tracing;
const none = { decision: SamplingDecision.NOT_RECORD };

describe('new traces', () => {
  let ms = 0;
  const few = (share: tracing.Sampler) => new FewRoots(share, 10, none, () => ms);
  /** How many of so many traces are kept, all beginning now. */
  const kept = (sampler: FewRoots, count: number): number => {
    const ask = () => sampler.shouldSample(ROOT_CONTEXT, 'a'.repeat(32), 'x', SpanKind.SERVER, {}, []);
    return Array.from({ length: count }, ask).filter(({ decision }) => decision !== SamplingDecision.NOT_RECORD).length;
  };

  it('are no more than so many a second, however many begin', () => {
    const sampler = few(new AlwaysOnSampler());
    expect(kept(sampler, 1_000)).toBe(10);
    ms += 500;
    expect(kept(sampler, 1_000)).toBe(5);
    ms += 60_000;
    expect(kept(sampler, 1_000)).toBe(10);
  });

  it('are those that the share keeps where they are few', () => {
    expect(kept(few(new AlwaysOnSampler()), 3)).toBe(3);
    expect(kept(few(new AlwaysOffSampler()), 3)).toBe(0);
  });
});
