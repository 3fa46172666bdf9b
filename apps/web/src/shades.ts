/**
 * The maps' colours: five steps of one blue, in order for every kind of colour vision and in grey print, and hatched grey for no figure.
 *
 * Steps are quarters of the areas that are shown, not fixed shares: late in a month nearly every province is above 75 %, and fixed steps put
 * them all in one colour. Equal values are never told apart. `full` stands for exactly all: "nearly all" and "all" are different answers.
 */
const partial = ['low', 'fair', 'good', 'most'] as const;

export type Shade = 'none' | (typeof partial)[number] | 'full';

type Scheme = 'light' | 'dark';

/** As theme.css has them: a drawing knows no variables of a style sheet. In the dark more is lighter, so that it still stands out. */
const fills: Record<Scheme, Record<Shade, string>> = {
  light: { none: '#ffffff', low: '#d6e8f7', fair: '#8ec3e6', good: '#3f8fcb', most: '#14579c', full: '#06244f' },
  dark: { none: '#1a222c', low: '#1f3f63', fair: '#2c659e', good: '#4b97d8', most: '#98cbf1', full: '#eaf5ff' },
};

/** Beside the shades: edges, the chosen area, names, and the tooltip. */
const inks: Record<Scheme, Record<'line' | 'chosen' | 'name' | 'tip', string>> = {
  light: { line: '#4a5765', chosen: '#d9480f', name: '#22364a', tip: '#ffffff' },
  dark: { line: '#93a2b1', chosen: '#ff9f6b', name: '#d5e6f7', tip: '#263240' },
};

export interface Palette {
  fills: Record<Shade, string>;
  inks: (typeof inks)[Scheme];
}

const palettes: Record<Scheme, Palette> = {
  light: { fills: fills.light, inks: inks.light },
  dark: { fills: fills.dark, inks: inks.dark },
};

/** Where the system forces its colours on the page: the steps stay, as in the legend; all that is read beside them is the system's. */
const forcedInks = { line: 'CanvasText', chosen: 'Highlight', name: 'CanvasText', tip: 'Canvas' };
const forcedPalettes: Record<Scheme, Palette> = {
  light: { fills: { ...fills.light, none: 'Canvas' }, inks: forcedInks },
  dark: { fills: { ...fills.dark, none: 'Canvas' }, inks: forcedInks },
};

export const paletteOf = (scheme: Scheme, isForced: boolean): Palette => (isForced ? forcedPalettes : palettes)[scheme];

/** A step that occurs: the least and the greatest percentage on it, and how many areas have it. */
export interface Step {
  shade: Shade;
  from: number;
  to: number;
  count: number;
}

export interface Scale {
  /** From none to all; only steps that occur. */
  steps: Step[];
  shadeOf: (percent: number | null) => Shade;
}

/**
 * @param values percentages from 0 to 100 of everything that is shown, or what is counted; `null` where there is none
 * @param all what is exactly all; a count has no such thing: Infinity
 */
export function scaleOf(values: readonly (number | null)[], all = 100): Scale {
  const below = values
    .filter((value): value is number => value !== null && value < all)
    .sort((left, right) => left - right);
  const shadeOf = (percent: number | null): Shade => {
    if (percent === null) return 'none';
    if (percent >= all) return 'full';
    const lesser = below.findIndex((value) => value >= percent);
    return partial[Math.floor((partial.length * lesser) / below.length)] ?? 'most';
  };
  const steps = new Map<Shade, Step>();
  const inOrder = [...values].sort((left, right) => (left ?? -1) - (right ?? -1));
  for (const value of inOrder) {
    const shade = shadeOf(value);
    const held = steps.get(shade);
    const percent = value ?? 0;
    steps.set(shade, { shade, from: held?.from ?? percent, to: percent, count: (held?.count ?? 0) + 1 });
  }
  return { steps: [...steps.values()], shadeOf };
}

/** The share of reports that are in, as a percentage; `null` where none is in. */
export const reportedShare = (counts: { expected: number; reported: number }): number | null =>
  counts.expected === 0 || counts.reported === 0 ? null : (100 * counts.reported) / counts.expected;
