import { PassedMarkers } from './passed-markers.js';

const markers = (firstOffset: string, lastOffset: string) => ({ partition: 2, batchSize: 0, firstOffset, lastOffset });

describe('markers at the end of a partition', () => {
  let noted: string[];
  let passed: PassedMarkers;
  let settle: () => void;
  let mayBegin: boolean;

  beforeEach(() => {
    noted = [];
    mayBegin = true;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const note = (partition: number, offset: string): unknown => noted.push(`${partition}:${offset}`);
    passed = new PassedMarkers({ note }, () => settled.then(() => mayBegin));
  });
  const read = async (first: string, last: string) => {
    settle();
    await passed.read(markers(first, last));
  };

  it('are behind the place once what was handed out before them is done', async () => {
    passed.handed(2, '7');
    await read('7', '8');
    expect(noted).toEqual([]);
    passed.done(2, '5');
    passed.done(2, '7');
    expect(noted).toEqual(['2:5', '2:9']);
  });

  it('are passed at once where everything is done, or nothing was handed out since the partition came', async () => {
    passed.handed(2, '7');
    passed.done(2, '7');
    await read('7', '7');
    await read('8', '10');
    expect(noted).toEqual(['2:7', '2:8', '2:11']);
  });

  it('are passed by a consumer that has been handed nothing yet, when its place is known to be right', async () => {
    const reading = passed.read(markers('3', '4'));
    await Promise.resolve();
    expect(noted).toEqual([]);
    settle();
    await reading;
    expect(noted).toEqual(['2:5']);
  });

  it('are not the first that is passed, where the place goes with a state that may not be written yet', async () => {
    mayBegin = false;
    await read('3', '4');
    expect(noted).toEqual([]);
    passed.handed(2, '7');
    await read('7', '8');
    passed.done(2, '7');
    expect(noted).toEqual(['2:9']);
    await read('9', '9');
    expect(noted).toEqual(['2:9', '2:10']);
  });

  it('say nothing where reading was sent elsewhere before its place was known', async () => {
    const reading = passed.read(markers('3', '4'));
    passed.sent(2);
    settle();
    await reading;
    await read('0', '1');
    expect(noted).toEqual([]);
    passed.handed(2, '9');
    passed.done(2, '9');
    await read('9', '9');
    expect(noted).toEqual(['2:9', '2:10']);
  });

  it('are nothing that was handed out, and no answer without records', async () => {
    settle();
    await passed.read({ ...markers('3', '4'), batchSize: 2 });
    await passed.read({ ...markers('3', '4'), firstOffset: null });
    passed.handed(2, '9');
    passed.done(2, '9');
    await passed.read(markers('3', '4'));
    expect(noted).toEqual(['2:9']);
  });

  it('are passed where reading was sent to the committed place: all before it is done with', async () => {
    passed.sent(2);
    passed.sentToCommitted(2, 7n);
    await read('7', '8');
    expect(noted).toEqual(['2:9']);
  });

  it('tell whether all that was handed out is done with', () => {
    const isAtRest = () => passed.atRest(2) !== undefined;
    expect(isAtRest()).toBe(true);
    passed.handed(2, '7');
    expect(isAtRest()).toBe(false);
    passed.done(2, '5');
    expect(isAtRest()).toBe(false);
    passed.done(2, '7');
    expect(isAtRest()).toBe(true);
    passed.sent(2);
    expect(isAtRest()).toBe(true);
  });

  it('tell of two moments of rest whether something was handed out between, or reading was sent elsewhere', () => {
    const rest = () => passed.atRest(2);
    const first = rest();
    expect(rest()).toBe(first);
    passed.handed(2, '7');
    passed.done(2, '7');
    const second = rest();
    expect([second === first, rest() === second]).toEqual([false, true]);
    passed.sent(2);
    expect(rest()).not.toBe(second);
    const third = rest();
    passed.joined();
    expect(rest()).not.toBe(third);
  });
});
