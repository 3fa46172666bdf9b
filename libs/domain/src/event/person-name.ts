/**
 * Whether a text names a person: a Vietnamese family name with given names after it, with or without marks, in any case, written apart,
 * with dashes or in one word.
 *
 * Communes are called after people (Xã Nguyễn Văn Linh): the name of an administrative unit passes, and so may a person of that very
 * name. A word without marks is compared without them, one with marks to the letter, so that "hồ sơ" is not taken for Hồ Sơ.
 */
import { units } from '../reference/unit.js';
import {
  ambiguousFamilyNames,
  ambiguousGivenNames,
  formerProvinces,
  givenNames,
  middleNames,
  ordinaryPhrases,
  plainFamilyNames,
} from './person-names.js';

/** A text without marks, in lower case. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');

interface Word {
  readonly folded: string;
  /** With marks, the tone at the end: hoà and hòa are one. Undefined where there are none. */
  readonly marked: string | undefined;
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

const wordOf = (text: string): Word => {
  const lower = text.toLowerCase().normalize('NFD');
  const folded = foldText(text);
  const tones = lower.match(TONES)?.join('') ?? '';
  return { folded, marked: lower === folded ? undefined : lower.replace(TONES, '') + tones };
};

class Names {
  private readonly folded: ReadonlySet<string>;
  private readonly marked: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    const held = names.map(wordOf);
    this.folded = new Set(held.map(({ folded }) => folded));
    this.marked = new Set(held.map(({ folded, marked }) => marked ?? folded));
  }

  has({ folded, marked }: Word): boolean {
    return marked === undefined ? this.folded.has(folded) : this.marked.has(marked);
  }
}

const families = new Names([...plainFamilyNames, ...ambiguousFamilyNames]);
const plainFamilies = new Names(plainFamilyNames);
const middles = new Names(middleNames);
const given = new Names([...givenNames, ...middleNames]);
const ambiguousGiven: ReadonlySet<string> = new Set(ambiguousGivenNames);
const NGUYEN = 'nguyen';

const phrases = ordinaryPhrases.map((phrase) => phrase.split(' ').map(wordOf));

const unitNames = [...units.map(({ name }) => name), ...formerProvinces].map(wordsOf);
const unitWords: ReadonlySet<string> = new Set(unitNames.flatMap((name) => [joined(name, false), joined(name, true)]));
const gluedUnits: ReadonlySet<string> = new Set(unitNames.map((name) => joined(name, false).replaceAll(' ', '')));
const MOST_UNIT_WORDS = 6;
/** The last words of what a unit is: xã, phường, tỉnh, thành phố, đặc khu, and before 2025 quận, huyện, thị xã, thị trấn. */
const unitTypes: ReadonlySet<string> = new Set([
  'xa',
  'phuong',
  'tinh',
  'thanh',
  'pho',
  'tp',
  'khu',
  'quan',
  'huyen',
  'tran',
  'p',
  'x',
]);

/** Whether some words in it are a person's name. */
export const namesPerson = (text: string): boolean =>
  E_DE.test(text) || runsOf(text).some((run) => isNamed(run) || run.some(({ folded }) => isNameInOneWord(folded)));

/** H'Hen Niê, Y Moan Êñuôl: the family name is the last. */
const E_DE =
  /(?<!\p{L})[yh](?:\s*['’]\s*|\s+)\p{L}+\s+(?:ni[êe]|k[đd][ăa]m|ml[ôo]|by[ăa]|ks[ơo]r|[êe]ban|ay[ŭu]n|kbu[ôo]r|[êe]ñ?nu[ôo]l|[êe]ñu[ôo]l)(?!\p{L})/iu;

/** Words that belong together: between them are spaces, dashes, points or underscores only. */
const runsOf = (text: string): Word[][] =>
  text
    .normalize('NFC')
    .replace(CAPITALISED, (word) => word.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .split(/[^\p{L}\p{M}\s._+-]+/u)
    .map(wordsOf);

/** NguyenVanAn. Only whole words: in what is coded at random capitals stand anywhere. */
const CAPITALISED = /(?<![\p{L}\p{N}])(?:\p{Lu}\p{Ll}+){2,5}(?![\p{L}\p{N}])/gu;

function wordsOf(text: string): Word[] {
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).map(wordOf);
}

const isNamed = (run: readonly Word[]): boolean => {
  for (let at = 0; at < run.length;) {
    const passed = unitAt(run, at) || phraseAt(run, at);
    if (passed > 0) at += passed;
    else if (families.has(run[at]) && hasGivenNames(run, at)) return true;
    else at += 1;
  }
  return false;
};

/** How many words from here on are the name of a unit: after what it is, or where nothing but another unit stands behind it. */
const unitAt = (run: readonly Word[], at: number): number => {
  const isAfterType = at > 0 && isUnitType(run[at - 1]);
  for (let length = Math.min(MOST_UNIT_WORDS, run.length - at); length > 0; length -= 1) {
    if (!isUnitName(run.slice(at, at + length))) continue;
    const next = run.at(at + length);
    if (isAfterType || next === undefined || isUnitType(next) || unitAt(run, at + length) > 0) return length;
  }
  return 0;
};

const isUnitType = ({ folded }: Word): boolean => unitTypes.has(folded);
const isUnitName = (name: readonly Word[]): boolean =>
  unitWords.has(
    joined(
      name,
      name.some(({ marked }) => marked !== undefined),
    ),
  );

function joined(name: readonly Word[], withMarks: boolean): string {
  return name.map(({ folded, marked }) => (withMarks ? (marked ?? folded) : folded)).join(' ');
}

const phraseAt = (run: readonly Word[], at: number): number =>
  phrases.find((phrase) =>
    phrase.every((word, n) => {
      const said = run.at(at + n);
      return (
        said !== undefined && (said.marked === undefined ? said.folded === word.folded : said.marked === word.marked)
      );
    }),
  )?.length ?? 0;

const hasGivenNames = (run: readonly Word[], at: number): boolean => {
  const [family, first, second] = [run[at], run.at(at + 1), run.at(at + 2)];
  if (first === undefined) return false;
  const isPlain = family.marked !== undefined || plainFamilies.has(family);
  if (isPlain && family.folded === NGUYEN) return true;
  if (second !== undefined && (middles.has(first) || (isPlain && first.folded === 'a'))) return true;
  const isFirst = given.has(first) || families.has(first);
  if (!isFirst) return false;
  if (second !== undefined && (given.has(second) || (second.folded.length === 1 && isPlain))) return true;
  if (!given.has(first)) return false;
  return isPlain || first.marked !== undefined || !ambiguousGiven.has(first.folded);
};

const oneWordFamilies = plainFamilyNames.map(foldText);
const oneWordGiven = [...new Set([...givenNames, ...middleNames].map(foldText))];

/** nguyenvanan: a family name and two given names or more, and nothing else. */
const isNameInOneWord = (word: string): boolean =>
  word.length > 7 &&
  word.length < 30 &&
  !gluedUnits.has(word) &&
  oneWordFamilies.some((family) => word.startsWith(family) && isMadeOfNames(word, family.length, 0));

const isMadeOfNames = (word: string, from: number, names: number): boolean => {
  if (from === word.length) return names >= 2;
  if (names > 0 && from === word.length - 1) return true;
  return oneWordGiven.some((name) => word.startsWith(name, from) && isMadeOfNames(word, from + name.length, names + 1));
};
