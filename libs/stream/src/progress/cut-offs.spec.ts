import type { TopicOffsets } from '#domain';
import { CutOffOpen, CutOffs } from './cut-offs.js';
import type { PipelineLook } from './pipeline-progress.js';

const SKEW = 20;

/** A pipeline that takes in one event at each look, and says what it was asked. */
class Pipeline {
  end = 0;
  taken = 0;
  readonly asked: TopicOffsets[] = [];

  ends = () => Promise.resolve({ 0: String(this.end) });
  look = (asked: TopicOffsets): Promise<PipelineLook> => {
    this.asked.push(asked);
    const left = Number(asked[0]) - this.taken;
    this.taken += 1;
    const followed = { generation: 3, targets: {} };
    return Promise.resolve(left > 0 ? { followed, waiting: { for: 'check stage', left } } : { followed });
  };
}

describe('a cut-off', () => {
  let pipeline: Pipeline;
  let cutOffs: CutOffs;
  beforeEach(() => {
    pipeline = new Pipeline();
    cutOffs = new CutOffs(pipeline, Date.now, SKEW);
  });

  it('is closed when everybody has what was there after the clocks had passed it', async () => {
    const at = Date.now();
    pipeline.end = 3;
    const readAt: number[] = [];
    pipeline.ends = () => {
      readAt.push(Date.now());
      return Promise.resolve({ 0: '3' });
    };
    expect(await cutOffs.close(at, 5_000)).toBe(3);
    expect(readAt).toHaveLength(1);
    expect(readAt[0]).toBeGreaterThanOrEqual(at + SKEW);
    expect(pipeline.asked).toEqual(Array.from({ length: 4 }, () => ({ 0: '3' })));
  });

  it('stays closed, with every earlier one, and nobody is asked again', async () => {
    await cutOffs.close(Date.now() - 1_000, 1_000);
    const { length } = pipeline.asked;
    expect(await cutOffs.close(Date.now() - 2_000, 0)).toBe(3);
    expect(pipeline.asked).toHaveLength(length);
  });

  it('that is not closed in time says what it waits for', async () => {
    pipeline.end = 1_000_000;
    const closing = cutOffs.close(Date.now() - 1_000, 120);
    await expect(closing).rejects.toThrow(CutOffOpen);
    await expect(closing).rejects.toThrow('waiting for check stage');
    await expect(cutOffs.close(Date.now() + 60_000, 100)).rejects.toThrow('waiting for clocks');
  });
});
