import type { TopicOffsets } from '#domain';
import { PipelineProgress, SHORTER_TOPIC } from './pipeline-progress.js';

/** Topics and groups as Kafka would tell of them. */
class Offsets {
  highs: Record<string, TopicOffsets> = { control: { 0: '0' }, events: {}, reports: {}, windows: {} };
  lows: Record<string, TopicOffsets> = {};
  groups: Record<string, TopicOffsets> = {};

  bounds = (topic: string) =>
    Promise.resolve({
      low: this.lows[topic] ?? Object.fromEntries(Object.keys(this.highs[topic]).map((p) => [p, '0'])),
      high: this.highs[topic],
    });
  committed = (group: string) => Promise.resolve(this.groups[group] ?? {});
}

const stepsOf = (generation: number) => [
  { name: 'check stage', group: `check${generation}`, topic: 'events' },
  { name: 'province stage', group: `province${generation}`, topic: 'reports' },
  { name: 'projection', group: `projection${generation}`, topic: 'windows' },
];
const asked = { 0: '10', 1: '4' };

describe('how far a pipeline has come', () => {
  let offsets: Offsets;
  let progress: PipelineProgress;

  beforeEach(() => {
    offsets = new Offsets();
    progress = new PipelineProgress(offsets, 'control', stepsOf);
    offsets.highs.events = { 0: '12', 1: '4' };
  });

  it('waits for each step, and looks at the end of its topic only when the one before has read everything', async () => {
    offsets.groups.check1 = { 0: '7' };
    const first = await progress.look(asked);
    expect(first.waiting).toEqual({ for: 'check stage', left: 7 });
    expect(Object.keys(first.followed.targets)).toEqual(['check1']);

    offsets.groups.check1 = { 0: '11', 1: '4' };
    offsets.highs.reports = { 0: '5' };
    offsets.groups.province1 = { 0: '3' };
    const second = await progress.look(asked, first.followed);
    expect(second.waiting).toEqual({ for: 'province stage', left: 2 });

    offsets.groups.province1 = { 0: '5' };
    offsets.highs.windows = { 0: '9', 1: '1' };
    offsets.groups.projection1 = { 0: '9', 1: '1' };
    expect((await progress.look(asked, second.followed)).waiting).toBeUndefined();
  });

  it('gets there although the topics never rest', async () => {
    offsets.groups = { check1: { 0: '10', 1: '4' }, province1: { 0: '3' } };
    offsets.highs.reports = { 0: '5' };
    const { followed } = await progress.look(asked);
    offsets.highs.reports = { 0: '500' };
    offsets.groups.province1 = { 0: '6' };
    expect((await progress.look(asked, followed)).waiting).toBeUndefined();
    expect((await progress.look(asked)).waiting).toEqual({ for: 'province stage', left: 494 });
  });

  it('begins anew with the groups of another generation', async () => {
    offsets.groups = { check1: asked, province1: { 0: '3' }, check2: { 0: '2', 1: '4' } };
    offsets.highs.reports = { 0: '5' };
    const { followed } = await progress.look(asked);
    expect(Object.keys(followed.targets)).toEqual(['check1', 'province1']);
    offsets.highs.control = { 0: '1' };
    const look = await progress.look(asked, followed);
    expect(look.waiting).toEqual({ for: 'check stage', left: 8 });
    expect(look.followed).toEqual({ generation: 2, targets: { check2: asked } });
  });

  it('says that a topic ends before what was asked for', async () => {
    offsets.highs.events = { 0: '2', 1: '4' };
    offsets.groups.check1 = { 0: '2', 1: '4' };
    expect((await progress.look(asked)).waiting).toEqual({ for: SHORTER_TOPIC, left: null });
  });

  it('counts from the first record where a group has committed nothing', async () => {
    offsets.lows.events = { 0: '8', 1: '4' };
    expect((await progress.look(asked)).waiting).toEqual({ for: 'check stage', left: 2 });
    offsets.lows.events = { 0: '10', 1: '4' };
    expect((await progress.look(asked)).waiting).toBeUndefined();
  });

  it('begins where the first topic ends now', async () => {
    expect(await progress.ends()).toEqual({ 0: '12', 1: '4' });
  });
});
