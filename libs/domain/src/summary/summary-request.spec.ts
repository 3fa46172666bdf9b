import { decideRequest, type LatestRevision } from './summary-request.js';
import { covers, latestOf, offsetsLeft } from './topic-offsets.js';

const pending = (fields: Partial<LatestRevision> = {}): LatestRevision => ({
  revision: 3,
  status: 'pending',
  asked: { 0: '10', 1: '20' },
  ...fields,
});
const here = { 0: '10', 1: '20' };
const later = { 0: '10', 1: '21' };

describe('a request for a summary', () => {
  it('makes the first revision, and one more after a failure', () => {
    expect(decideRequest(undefined, here)).toEqual({ kind: 'new', revision: 1 });
    expect(decideRequest(pending({ status: 'failed' }), here)).toEqual({ kind: 'new', revision: 4 });
  });

  it('is answered by a pending revision that claims as much', () => {
    expect(decideRequest(pending(), here)).toEqual({ kind: 'same' });
    expect(decideRequest(pending({ isBeingMade: true }), here)).toEqual({ kind: 'same' });
  });

  it('raises the claim of a pending revision, but not of one that is being made', () => {
    expect(decideRequest(pending(), later)).toEqual({ kind: 'raise', asked: later });
    expect(decideRequest(pending({ asked: undefined }), later)).toEqual({ kind: 'raise', asked: later });
    expect(decideRequest(pending({ isBeingMade: true }), later)).toEqual({ kind: 'new', revision: 4 });
  });

  it('lets a summary be issued however often it is asked for meanwhile', () => {
    expect(decideRequest(pending({ claim: 9 }), later)).toEqual({ kind: 'raise', asked: later });
    expect(decideRequest(pending({ claim: 10 }), later)).toEqual({ kind: 'new', revision: 4 });
    expect(decideRequest(pending({ claim: 10 }), here)).toEqual({ kind: 'same' });
  });

  it('claims what there is where the topic is shorter than what was claimed', () => {
    expect(decideRequest(pending(), { 0: '2', 1: '30' })).toEqual({ kind: 'raise', asked: { 0: '2', 1: '30' } });
    expect(decideRequest(pending({ status: 'issued' }), { 0: '2', 1: '2' })).toEqual({
      kind: 'compare',
      isCurrent: false,
    });
  });

  it('looks at the figures where a revision is issued, and says whether anything can have come since', () => {
    const issued = pending({ status: 'issued' });
    expect(decideRequest(issued, here)).toEqual({ kind: 'compare', isCurrent: true });
    expect(decideRequest(issued, later)).toEqual({ kind: 'compare', isCurrent: false });
    expect(decideRequest({ ...issued, asked: undefined }, {})).toEqual({ kind: 'compare', isCurrent: false });
  });
});

describe('offsets of a topic', () => {
  it('compares beyond 2⁵³, and takes a partition that is not named for empty', () => {
    expect(covers({ 0: '9007199254740993' }, { 0: '9007199254740992' })).toBe(true);
    expect(covers({ 0: '9007199254740992' }, { 0: '9007199254740993' })).toBe(false);
    expect(covers({}, { 4: '0' })).toBe(true);
    expect(covers({ 0: '5' }, { 0: '5', 1: '1' })).toBe(false);
    expect(latestOf({ 0: '5', 1: '2' }, { 0: '4', 2: '1' })).toEqual({ 0: '5', 1: '2', 2: '1' });
    expect(offsetsLeft({ 0: '5', 1: '7' }, { 0: '9', 1: '4' })).toBe(3);
  });
});
