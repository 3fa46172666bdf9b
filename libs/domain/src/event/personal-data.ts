/**
 * Personal data in an event: numbers and names of people in what it carries beside its `id` and the fields that are checked to the letter.
 *
 * The event topic is kept for ever, and what stands in an extension attribute stands there with it. So every string of an event that is
 * not one of the known fields' is looked at, names of attributes too, also those that a later one of the same name hides. Nothing of what
 * is found is repeated: the pointer names an attribute of CloudEvents, or nothing. `personal-data.spec.ts` tries it on invented people,
 * and for false alarms on what senders really write.
 */
import { base64TextOf } from './event-envelope.js';
import { indicators } from '../reference/catalogue.js';
import { foldText, namesPerson } from './person-name.js';
import { hasPersonalNumber } from './identity-number.js';
import { refused, type Refusal } from './refusal.js';

/** Whether a text holds the name of a person, an identity number or a telephone number. */
export const isPersonal = (text: string): boolean => {
  if (text.length < SHORTEST) return false;
  const plain = unescaped(text).normalize('NFKC').replace(INVISIBLE, '');
  return hasPersonalNumber(foldText(plain)) || namesPerson(plain);
};

/** No name of a person that can be told has fewer characters: "Lê An". */
const SHORTEST = 5;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** Text with percent signs as it was before. */
const unescaped = (text: string): string => {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** Members of an accepted event whose content is checked to the letter, and the words that may stand in it. */
const expected: ReadonlySet<string> = new Set([
  ...[
    'specversion',
    'id',
    'source',
    'type',
    'time',
    'datacontenttype',
    'data',
    'data_base64',
    'dataschema',
    'subject',
    '1.0',
  ],
  ...['unit', 'indicator', 'period', 'revision', 'numerator', 'denominator', 'value', 'breakdown', 'application/json'],
  ...indicators.flatMap(({ breakdown }) => breakdown ?? []),
]);
/** Attributes that CloudEvents itself names: only they stand in a pointer, since another's name may be a person's. */
const pointed = ['datacontenttype', 'dataschema', 'subject'];

const STRING = /"(?:[^"\\]|\\[^])*"/g;
/** An identity number without the zeros before it. */
const LONG_NUMBER = /\b\d{11,12}\b(?!\.)/g;

/**
 * The refusal of an accepted event that carries personal data; undefined where none is found.
 *
 * @param text of the event, JSON
 * @param event the same, parsed
 * @param accepted the strings in it that have been checked, and its `id`
 */
export const personalDataIn = (
  text: string,
  event: Readonly<Record<string, unknown>>,
  accepted: readonly string[],
): Refusal | undefined => {
  const { data_base64: base64 } = event;
  const data = typeof base64 === 'string' ? (base64TextOf(base64) ?? '') : '';
  const known: ReadonlySet<unknown> = new Set([...accepted, base64]);
  const isFound =
    numbersBeside(event).some(isPersonal) ||
    [text, data].some((json) => stringsOf(json).some((each) => !known.has(each) && isPersonal(each)));
  if (!isFound) return undefined;
  return personalDataAt(pointed.find((name) => stringsOf(JSON.stringify(event[name] ?? '')).some(isPersonal)));
};

/** The strings of JSON text that are not expected in an event. */
const stringsOf = (json: string): string[] =>
  (json.match(STRING) ?? []).map(contentOf).filter((content) => !expected.has(content));

/** Numbers in extension attributes that are as long as an identity number. */
const numbersBeside = (event: Readonly<Record<string, unknown>>): string[] => {
  const others = Object.entries(event).filter(([name]) => !expected.has(name));
  if (others.length === 0) return [];
  return (JSON.stringify(others).match(LONG_NUMBER) ?? []).map((number) => number.padStart(12, '0'));
};

/** The refusal for personal data in an attribute; undefined: in one that is not named. */
export const personalDataAt = (attribute: string | undefined): Refusal =>
  refused(
    'PERSONAL_DATA',
    attribute === undefined ? '' : `/${attribute}`,
    'something that looks like a name, an identity number or a telephone number of a person stands beside the data',
  );

const contentOf = (token: string): string =>
  token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
