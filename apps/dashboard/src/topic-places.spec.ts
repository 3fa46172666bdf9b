import { TopicPlaces } from './topic-places.js';

const batch = (from: number, to: number, behind = 0) => ({
  topic: 't',
  partition: 0,
  records: Array.from({ length: to - from }, (_, n) => ({ offset: String(from + n) })),
  firstOffset: String(from),
  nextOffset: String(to),
  behind,
});

describe('the place in a topic', () => {
  const at = (place: number) => {
    const places = new TopicPlaces();
    places.set('t', 0, place);
    return places;
  };

  it('sends a batch from beyond it back', () => expect(at(5).admit(batch(7, 9))).toEqual({ goBackTo: 5 }));

  it('says that something is missing where going back brought nothing', () => {
    const places = at(5);
    places.admit(batch(7, 9));
    expect(places.admit(batch(7, 9))).toMatchObject({ isMissing: true, records: [{ offset: '7' }, { offset: '8' }] });
    places.passed('t', 0, 9);
    expect(places.admit(batch(9, 10))).toMatchObject({ isMissing: false });
  });

  it('leaves out what was taken before', () =>
    expect(at(5).admit(batch(3, 7))).toEqual({ records: [{ offset: '5' }, { offset: '6' }], isMissing: false }));

  it('knows a topic that was made anew', () =>
    expect(at(100).admit(batch(0, 2, 3))).toMatchObject({
      isMissing: true,
      records: [{ offset: '0' }, { offset: '1' }],
    }));

  it('never goes back by itself', () => {
    const places = at(5);
    places.passed('t', 0, 3);
    expect(places.of('t', 0)).toBe(5);
  });
});
