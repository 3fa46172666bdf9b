/**
 * Order of text by Unicode code point.
 *
 * JavaScript's `<` orders by UTF-16 code unit, which puts U+1F600 before U+FF21. Contracts order event ids and canonical
 * data by code point, so that every implementation in every language picks the same winner.
 */
const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

/** Negative, zero or positive as `a` sorts before, with or after `b` by code point; lone surrogates count as themselves. */
export const compareCodePoints = (a: string, b: string): number => {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at > 0 && isHighSurrogate(a.charCodeAt(at - 1))) at -= 1;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
};
