/**
 * Slots: which place of a tuple holds what.
 *
 * Tuples keep records short; a record names the slots of its tuples once, so that one written with more of them, with fewer or in another
 * order can be read: what is not known is left alone, what is missing is its default. A new field of a tuple is one more line in its list.
 */
export interface Slot {
  readonly name: string;
  /** What a tuple says that was written before there was this slot; without one a tuple cannot do without it. */
  readonly missing?: unknown;
}

export const namesOf = (slots: readonly Slot[]): readonly string[] => slots.map(({ name }) => name);

/** Of tuples that need no reading: they were written with the same slots, which is the usual case. */
export const asWritten = <T>(tuple: readonly unknown[]): T => tuple as T;

/**
 * Makes of a tuple that was written with the slots `written` one of `slots`; `asWritten` where they are the same. Undefined where one is
 * missing that has no default.
 */
export const tupleReader = <T>(
  slots: readonly Slot[],
  written: readonly string[],
): ((tuple: readonly unknown[]) => T) | undefined => {
  const places = slots.map(({ name }) => written.indexOf(name));
  if (written.length === slots.length && places.every((place, n) => place === n)) return asWritten;
  if (slots.some(({ missing }, n) => places[n] < 0 && missing === undefined)) return undefined;
  return (tuple) => slots.map(({ missing }, n) => (places[n] < 0 ? missing : tuple[places[n]])) as T;
};
