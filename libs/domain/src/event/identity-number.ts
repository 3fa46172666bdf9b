/**
 * Whether a text holds a person's number: the identity card's (12 digits: province, sex and century, year), the older one's (9 digits), or
 * a telephone's, together or in the groups in which people write them.
 *
 * Numbers that look alike are taken out first: UUIDs, traces, instants, days and months. Digits within a word are no number.
 */

/** Provinces as they stand in identity numbers, from before 2025. */
const provinceCodes: ReadonlySet<string> = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 ' +
    '051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
);
/** The last year of birth that may stand in one: two digits of this century. */
const LAST_YEAR = 30;

const lookAlikes = new RegExp(
  [
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    '[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}',
    '(?<![0-9])(?:19|20)\\d{2}-[01]\\d(?:-[0-3]\\d)?(?:t[\\d:.]+(?:z|[+-]\\d{2}:?\\d{2})?)?(?![0-9])',
  ].join('|'),
  'g',
);
const label = '(?:cccd|cmnd|cmtnd|cmt|cc|sdt|dt|tel|phone|mobile|zalo)?';
/** Digits in groups, with one or two characters between them. */
const grouped = new RegExp(`(?<![0-9a-z])${label}(\\+?\\(?\\+?\\d+(?:[\\s.()-]{1,2}\\d+)*)(?![0-9a-z])`, 'g');

/** @param text in lower case, without marks (`foldText`) */
export const hasPersonalNumber = (text: string): boolean => {
  if (!/\d/.test(text)) return false;
  for (const [, run] of text.replace(lookAlikes, ' | ').matchAll(grouped)) if (isPersonalRun(run)) return true;
  return false;
};

const MOST_DIGITS = 14;

/** Any groups of a run that stand next to each other may be the number. */
const isPersonalRun = (run: string): boolean => {
  const parts = [...run.matchAll(/(\+?)(\d+)([^\d+]*)/g)].map(([, plus, digits, gap]) => ({ plus, digits, gap }));
  for (let from = 0; from < parts.length; from += 1) {
    let digits = '';
    const groups: Group[] = [];
    for (let to = from; to < parts.length && digits.length < MOST_DIGITS; to += 1) {
      digits += parts[to].digits;
      groups.push({ length: parts[to].digits.length, gap: to > from ? parts[to - 1].gap : '' });
      if (isPersonal(digits, parts[from].plus === '+', groups)) return true;
    }
  }
  return false;
};

interface Group {
  readonly length: number;
  /** What stands before it. */
  readonly gap: string;
}

const isPersonal = (digits: string, isInternational: boolean, groups: readonly Group[]): boolean =>
  isIdentity(digits) ||
  (isOldIdentity(digits) && isWrittenTogether(groups)) ||
  isTelephone(digits, isInternational, groups);

const isIdentity = (digits: string): boolean => {
  if (digits.length !== 12 || !provinceCodes.has(digits.slice(0, 3))) return false;
  const [century, year] = [Number(digits[3]), Number(digits.slice(4, 6))];
  return century <= 1 || (century <= 3 && year <= LAST_YEAR);
};

/** The first two digits were the province's, 01 to 38. */
const isOldIdentity = (digits: string): boolean => /^(?:0[1-9]|[12]\d|3[0-8])\d{7}$/.test(digits);

/** In one, or in threes with spaces between them: with points between them it would be an address of the internet. */
const isWrittenTogether = (groups: readonly Group[]): boolean =>
  groups.length === 1 || (groups.length === 3 && groups.every(({ length, gap }) => length === 3 && /^\s*$/.test(gap)));

const isTelephone = (digits: string, isInternational: boolean, groups: readonly Group[]): boolean => {
  if (/^(?:00)?840?(?:[35789]\d{8}|2\d{9})$/.test(digits)) return isInternational || groups.length < 6;
  if (!/^0(?:[35789]\d{8}|2\d{9}|1[2689]\d{8})$/.test(digits)) return false;
  const [first] = groups;
  const isSpaced = groups.every(({ gap }) => /^[\s()]*$/.test(gap));
  // 09123-00042 is a commune and a running number, 0.912345678 a fraction.
  return groups.length === 1 || isSpaced || first.length === 3 || first.length === 4;
};
