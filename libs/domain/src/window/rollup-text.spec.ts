import fc from 'fast-check';
import { indicators } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import { rollupsFrom, rollupsText, rollupText } from './rollup-text.js';
import { rollupFrom } from './rollup.js';
import { expectedReporters, unitOf, type Unit } from '../reference/unit.js';

const hanoi = unitOf('01') as Unit;

const arbitraryRollup = fc.nat(indicators.length - 1).chain((index) =>
  fc
    .record({
      numbers: fc.array(fc.maxSafeNat(), { minLength: layout[index].width, maxLength: layout[index].width }),
      given: fc.nat(2 ** layout[index].categories.length - 1),
      reported: fc.nat(127),
      current: fc.nat(127),
    })
    .map(({ numbers, given, reported, current }) => {
      const reporting = { expected: expectedReporters(hanoi, indicators[index]), reported, current };
      return rollupFrom(index, numbers, 0, (category) => ((given >> category) & 1) === 1, reporting);
    }),
);

describe('rollups as text', () => {
  it('are read back as they were', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRollup), (rollups) => {
        expect(rollupsFrom(hanoi, rollupsText(rollups.map(rollupText)))).toEqual(rollups);
      }),
    );
  });

  it('keep sums beyond 2^53', () => {
    const country = unitOf('VN') as Unit;
    const text = '[["loan_amount",1,1,[39852000000000001]]]';
    const [rollup] = rollupsFrom(country, text);
    expect(rollup.value).toBe(39_852_000_000_000_001n);
    expect(rollupsText([rollupText(rollup)])).toBe(text);
  });

  it('of an indicator that this version does not know are left out', () => {
    expect(rollupsFrom(hanoi, '[["of another version",1,1,[5]]]')).toEqual([]);
  });
});
