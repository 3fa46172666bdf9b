/**
 * JSON with whole numbers of any size.
 *
 * A national sum may pass 2⁵³. It is written as a plain JSON integer, which Python, Java or a decimal parser reads exactly,
 * and read back here as a bigint. Everything below 2⁵³ goes through the engine's own JSON.
 */
const mark = '\u0001big:';
const marked = /"\\u0001big:(-?\d+)"/g;
const longNumber = /\d{16}/;
const bareLongNumber = /(?<=[:,[]\s*)(\d{16,})(?=\s*[,}\]])/g;

/** JSON text of a value that may hold bigints. */
export const toExactJson = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return withBigints(value);
    throw error;
  }
};

/** Calls back for every member: several times slower, and hardly ever needed. */
const withBigints = (value: unknown): string => {
  let found = false;
  const text = JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'bigint') return member;
    found = true;
    return `${mark}${member}`;
  });
  return found ? text.replace(marked, '$1') : text;
};

/** Parses JSON written by `toExactJson`. For records that hold no free text: digits inside a text would be taken for numbers. */
export const fromExactJson = (text: string): unknown => {
  if (!longNumber.test(text)) return JSON.parse(text);
  const quoted = text.replace(bareLongNumber, (digits) =>
    Number.isSafeInteger(Number(digits)) ? digits : `"\\u0001big:${digits}"`,
  );
  return JSON.parse(quoted, (_, member: unknown) =>
    typeof member === 'string' && member.startsWith(mark) ? BigInt(member.slice(mark.length)) : member,
  );
};
