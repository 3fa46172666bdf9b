/** The names under which answers are kept. The stream finds them by these, so they are written in one place. */
export const keys = {
  me: ['me'],
  sessions: ['sessions'],
  catalogue: ['catalogue'],
  provinces: ['units', 'province'],
  rollups: (unit: string, window: string) => ['rollups', unit, window],
  childrenAll: ['children'],
  children: (unit: string, window: string, indicator: string) => ['children', unit, window, indicator],
  completenessAll: ['completeness'],
  completeness: (unit: string, window: string) => ['completeness', unit, window],
  summaries: ['summaries'],
  communes: (province: string) => ['units', 'commune', province],
  reminders: (unit: string, period: string) => ['reminders', unit, period],
  contacts: (unit: string) => ['contacts', unit],
  audit: (query: Record<string, string>) => ['audit', query],
  shapesAll: ['shapes'],
  shapes: (file: string) => ['shapes', file],
} as const;
