/**
 * Versions of documents: which record a document reflects, comparable over generations and offsets.
 *
 * Versions of a generation are above all of the one before: offsets stay below 2⁴⁰.
 */
const GENERATION_SPAN = 2 ** 40;

export const versionOf = (generation: number, offset: string): number =>
  generation * GENERATION_SPAN + Number(offset) + 1;
