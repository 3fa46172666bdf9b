/** Finding and ordering rows by Vietnamese names, as people type and expect them. */

/** Without marks and capitals: `Lào Cai` is found by `lao cai`. đ is a letter of its own and no mark, so it is named. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('’', "'")
    .trim();

/** Whether every word that was typed occurs in one of the texts. */
export function matches(query: string, ...texts: string[]): boolean {
  const text = texts.map(folded).join(' ');
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A unit's name without what kind of unit it is: lists are in the order of names, not of "Phường" and "Xã". */
export const ownName = (fullName: string): string => fullName.replace(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu) /, '');

export type SortValue = string | number | boolean | null | undefined;
export type Direction = 'ascending' | 'descending';

const collator = new Intl.Collator('vi', { numeric: true });

const compare = (left: string | number | boolean, right: string | number | boolean): number =>
  typeof left === 'string' && typeof right === 'string' ? collator.compare(left, right) : Number(left) - Number(right);

/** Rows in the order of a value of theirs. Rows without one come last either way: they are what is missing, not what is least. */
export function sorted<T>(rows: readonly T[], valueOf: (row: T) => SortValue, direction: Direction): T[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: valueOf(row) }))
    .sort((left, right) => {
      const lacking = Number(left.value == null) - Number(right.value == null);
      if (lacking !== 0 || left.value == null || right.value == null) return lacking;
      return sign * compare(left.value, right.value);
    })
    .map(({ row }) => row);
}
