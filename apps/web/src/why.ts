/** Which figure "Vì sao?" is asked of, as the address says it: `01.c.2026-03`, and beside it the event whose changes are asked for. */
import { parseWindow } from './window';

export interface Why {
  unit: string;
  indicator: string;
  window: string;
  /** An event of the unit, the month and the indicator: which figures did it move? */
  event?: string;
}

const place = /^(VN|\d{2}|\d{5})\.([a-z_]{1,40})\.([^.]+)$/;

/** `undefined` where the texts name no figure; whether there is such a unit and indicator, only the service says. */
export function whyFrom(text: string, event: string): Why | undefined {
  const [, unit, indicator, window] = place.exec(text) ?? [];
  if (!unit || !indicator || !window || !parseWindow(window)) return undefined;
  return { unit, indicator, window, ...(event && { event }) };
}

export const whyText = ({ unit, indicator, window }: Why): string => `${unit}.${indicator}.${window}`;
