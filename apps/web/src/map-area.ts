/** What a map shows of an area: its shade, and what is said of it where somebody looks at it or the keyboard comes to it. */
import type { Shade } from './shades';

export interface Area {
  code: string;
  shade: Shade;
  title: string;
  lines: string[];
}
