import { mayDo, shownUnit } from './shown-unit';

describe('the unit that is shown', () => {
  it.each([
    ['country', 'VN', 'VN', 'VN'],
    ['country', 'VN', '01', '01'],
    ['province', '01', 'VN', '01'],
    ['province', '01', '15', '01'],
    ['country', 'VN', '00004', '00004'],
    ['province', '01', '00004', '00004'],
    ['commune', '00004', '00008', '00004'],
    ['commune', '00004', 'VN', '00004'],
    ['commune', '00004', '01', '00004'],
  ] as const)('of somebody of a %s, %s, who asks for %s, is %s', (level, unit, asked, shown) => {
    expect(shownUnit({ level, unit }, asked)).toBe(shown);
  });
});

it('what one may do is what the service says', () => {
  expect(mayDo({ may: ['figures.read'] }, 'figures.read')).toBe(true);
  expect(mayDo({ may: ['figures.read'] }, 'summaries.request')).toBe(false);
});
