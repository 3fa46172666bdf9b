/**
 * Seeded randomness for the demonstration year: the same numbers on every machine.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, seeded through splitmix32. Each purpose takes a stream of its
 * own, so that a draw more for one does not shift the others.
 */
export type Random = () => number;

const splitmix = (state: number) => (): number => {
  state = (state + 0x9e3779b9) | 0;
  let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) | 0;
};

/** A stream of numbers from 0 to just under 1. */
export const randomStream = (seed: number, stream: number): Random => {
  const next = splitmix((seed | 0) ^ Math.imul(stream + 1, 0x85ebca6b));
  let [a, b, c, counter] = [next(), next(), next(), 1];
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let n = 0; n < 12; n += 1) draw();
  return draw;
};

/** Standard normal, by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** How many of something rare happened where `mean` were to be expected. */
export const poisson = (random: Random, mean: number): number => {
  if (mean <= 0) return 0;
  if (mean > 12) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const stop = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > stop; product *= random()) count += 1;
  return count;
};

/** A whole number from `low` to `high`, both included. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** Shuffles in place (Fisher and Yates). */
export const shuffle = <T>(items: T[], random: Random): void => {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const held = items[last];
    items[last] = items[other];
    items[other] = held;
  }
};
