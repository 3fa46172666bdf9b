import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { TopicPartitionOffsetAndMetadata } from '#kafka';
import { OffsetCommits } from './offset-commits.js';

class Group {
  readonly commits: (readonly string[])[] = [];
  isAway = false;
  asked = 0;
  commitOffsets = (offsets: TopicPartitionOffsetAndMetadata[]) => {
    this.asked += 1;
    if (this.isAway) return Promise.reject(new Error('away'));
    this.commits.push(offsets.map(({ partition, offset }) => `${partition}:${offset}`));
    return Promise.resolve();
  };
}

const commitsOf = (group: Group) => new OffsetCommits(group, 't', pino({ level: 'silent' }));

/** Commits one that is not taken while something else happens. */
const failingWhile = async (meanwhile: (commits: OffsetCommits) => void) => {
  const group = new Group();
  const commits = commitsOf(group);
  group.isAway = true;
  commits.note(0, '5');
  const underWay = commits.flush();
  await Promise.resolve();
  meanwhile(commits);
  await underWay;
  return { group, commits };
};

describe('offset commits', () => {
  it('go out together, the newest of each partition', async () => {
    const group = new Group();
    const commits = commitsOf(group);
    commits.note(0, '5');
    commits.note(1, '3');
    commits.note(0, '9');
    expect(group.commits).toEqual([]);
    await sleep(300);
    expect(group.commits).toEqual([['0:9', '1:3']]);
  });

  it('that failed wait on, unless they were overtaken', async () => {
    const group = new Group();
    const commits = commitsOf(group);
    group.isAway = true;
    commits.note(0, '5');
    commits.note(1, '3');
    await commits.flush();
    group.isAway = false;
    commits.note(0, '9');
    await commits.flush();
    expect(group.commits).toEqual([['0:9', '1:3']]);
  });

  it('that wait when the group is joined again are given up: another may have committed more', async () => {
    const group = new Group();
    const commits = commitsOf(group);
    commits.note(0, '5');
    commits.joined();
    commits.note(1, '3');
    await commits.flush();
    expect(group.commits).toEqual([['1:3']]);
  });

  it('that failed while the group was joined again are given up', async () => {
    const { group, commits } = await failingWhile((each) => each.joined());
    group.isAway = false;
    await commits.flush();
    expect([group.asked, group.commits]).toEqual([1, []]);
  });

  it('of a consumer that has left are given up: noted or under way, none is tried again', async () => {
    const { group, commits } = await failingWhile((each) => each.close());
    commits.note(1, '3');
    await sleep(500);
    expect(group.asked).toBe(1);
  });
});
