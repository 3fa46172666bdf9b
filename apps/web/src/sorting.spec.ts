/** Orders of tables in the address. */
import { isSorting, sortingOf, withSorting } from './sorting';

describe('the order of tables', () => {
  const text = 'league.c.desc,provinces.late.asc';

  it('is read for each table by its name', () => {
    expect(sortingOf(text, 'league')).toEqual({ key: 'c', direction: 'descending' });
    expect(sortingOf(text, 'provinces')).toEqual({ key: 'late', direction: 'ascending' });
    expect([sortingOf(text, 'communes'), sortingOf(undefined, 'league')]).toEqual([undefined, undefined]);
  });

  it('changes for one table and leaves the others', () => {
    expect(withSorting(text, 'league', { key: 'name', direction: 'ascending' })).toBe(
      'provinces.late.asc,league.name.asc',
    );
    expect(withSorting(undefined, 'league', { key: 'dd', direction: 'descending' })).toBe('league.dd.desc');
  });

  it.each([
    [text, true],
    ['league.drug_free_commune.asc', true],
    ['', false],
    ['league.c', false],
    ['league.c.up', false],
    ['<b>.c.asc', false],
  ])('%s is one: %s', (some, is) => expect(isSorting(some)).toBe(is));
});
