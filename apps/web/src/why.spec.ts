/** The figure that "Vì sao?" is asked of, in the address. */
import { whyFrom, whyText } from './why';

describe('which figure is asked about', () => {
  it('is unit, indicator and window, and an event of it where one is asked for', () => {
    const why = { unit: '00004', indicator: 'pop_addicts', window: '2026-03', event: 'ab.c d' };
    expect(whyFrom(whyText(why), 'ab.c d')).toEqual(why);
    expect(whyFrom('VN.dd.2026-9M', '')).toEqual({ unit: 'VN', indicator: 'dd', window: '2026-9M' });
  });

  it.each(['', 'VN', '01.c', '01.c.2026-13', '1.c.2026', '01..2026', '01.c.2026.x', '01.../.2026'])(
    'is none of %j',
    (text) => expect(whyFrom(text, 'e')).toBeUndefined(),
  );
});
