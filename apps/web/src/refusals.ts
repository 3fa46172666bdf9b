/** Refused events as whoever mends them needs them: by unit and reason, the ones that went on last first. */
import type { Refusal } from './api';

export interface RefusalGroup {
  /** Undefined where the event named no unit that there is. */
  unit: string | undefined;
  code: string;
  /** Places in the event, each once, by text. */
  pointers: string[];
  count: number;
  /** How many of them were mended since. */
  mended: number;
  /** When the last one came; ISO text. */
  lastAt: string;
}

export function groupedRefusals(refusals: readonly Refusal[]): RefusalGroup[] {
  const groups = new Map<string, RefusalGroup>();
  for (const { unit, code, pointer, receivedAt, mendedAt } of refusals) {
    const key = `${unit ?? ''}|${code}`;
    const held = groups.get(key) ?? { unit, code, pointers: [], count: 0, mended: 0, lastAt: receivedAt };
    const pointers = held.pointers.includes(pointer) || pointer === '' ? held.pointers : [...held.pointers, pointer];
    const lastAt = held.lastAt < receivedAt ? receivedAt : held.lastAt;
    const mended = held.mended + (mendedAt === undefined ? 0 : 1);
    groups.set(key, { ...held, pointers: pointers.sort(), count: held.count + 1, mended, lastAt });
  }
  return [...groups.values()].sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
}
