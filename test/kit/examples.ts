/**
 * Examples held against real answers: to the letter, but for what differs from run to run.
 *
 * A value that differs stands for one real value in all examples: what an answer gave is what a later request sends, and what later answers
 * have to show.
 */

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+07:00)$/;
const HASH = /^[0-9a-f]{64}$/;
const TEXT = /^\S+$/;

/** What differs from run to run, by the member's name, and its form. Everything else is the same in every run. */
const ofEachRun: Readonly<Record<string, RegExp>> = {
  at: INSTANT,
  began: INSTANT,
  cutOff: INSTANT,
  issuedAt: INSTANT,
  lastUsed: INSTANT,
  lockedAt: INSTANT,
  receivedAt: INSTANT,
  time: INSTANT,
  updatedAt: INSTANT,
  checksum: HASH,
  figures: HASH,
  ownFigures: HASH,
  /** Of a key, a correction, an entry. */
  id: TEXT,
  /** Of an event that the dashboard made. */
  event: TEXT,
  next: TEXT,
  provider: /^https?:/,
  session: TEXT,
  /** The installation's own, by its prefix. */
  topic: /^\w+\.indicator-events\.v1$/,
};

type Known = ReadonlyMap<string, string>;

/** Real values by what stands for them in the examples. */
export class ExampleValues {
  private known: Known;

  /** @param fixed what is the same in every run, though it stands where other values differ */
  constructor(fixed: readonly string[] = []) {
    this.known = new Map(fixed.map((value) => [value, value]));
  }

  /** A request as it is really sent. */
  real<T>(example: T): T {
    if (typeof example === 'string') return (this.known.get(example) ?? example) as T;
    if (typeof example !== 'object' || example === null) return example;
    if (Array.isArray(example)) return example.map((each: unknown) => this.real(each)) as T;
    return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, this.real(value as unknown)])) as T;
  }

  /** Where an answer is another than the example; where it is the same, what stood for what is kept. */
  differences(example: unknown, answer: unknown): string[] {
    const known = new Map(this.known);
    const found = differences(example, answer, { at: '', name: '', known });
    if (found.length === 0) this.known = known;
    return found;
  }
}

interface Place {
  readonly at: string;
  /** Of the member. */
  readonly name: string;
  readonly known: Map<string, string>;
}

const differences = (example: unknown, answer: unknown, { at, name, known }: Place): string[] => {
  if (isObject(example) && isObject(answer) && Array.isArray(example) === Array.isArray(answer)) {
    const names = [...new Set([...Object.keys(example), ...Object.keys(answer)])];
    return names.flatMap((each) =>
      each in example && each in answer
        ? differences(example[each], answer[each], {
            at: `${at}/${each}`,
            name: Array.isArray(example) ? name : each,
            known,
          })
        : [`${at}/${each} is in the ${each in example ? 'example' : 'answer'} alone`],
    );
  }
  if (typeof example === 'string' && typeof answer === 'string') {
    const expected = known.get(example);
    if (expected === answer) return [];
    const form = ofEachRun[name];
    if (expected === undefined && form?.test(example) && form.test(answer)) {
      known.set(example, answer);
      return [];
    }
  }
  return example === answer ? [] : [`${at} is ${JSON.stringify(answer)}, not ${JSON.stringify(example)}`];
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const beginningOf = (value: unknown, members: number): unknown => {
  if (Array.isArray(value)) return value.slice(0, members);
  return isObject(value) ? Object.fromEntries(Object.entries(value).slice(0, members)) : value;
};

/** An answer with the lists and maps that the example shows the beginning of cut to the same length. */
export const cutAnswer = (answer: unknown, cut: Readonly<Record<string, number>> = {}): unknown =>
  Object.entries(cut).reduce((rest, [path, members]) => cutAt(rest, path.split('.'), members), answer);

const cutAt = (value: unknown, [name, ...rest]: readonly string[], members: number): unknown => {
  if (Array.isArray(value)) return value.map((each: unknown) => cutAt(each, [name, ...rest], members));
  if (!isObject(value)) return value;
  const list = value[name];
  const inside = rest.length > 0 ? cutAt(list, rest, members) : beginningOf(list, members);
  return { ...value, [name]: inside };
};
