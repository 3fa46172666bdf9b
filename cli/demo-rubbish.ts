/**
 * Rubbish: what real systems send by mistake, one maker for each kind, so that refusals have something to show.
 *
 * Each takes a commune's sheet and sends something spoilt. None can ever be accepted, so nothing here moves a figure.
 */
import { LAST_YEAR } from '#domain';
import { reportedEvent, type DemoEvent, type Sheet } from './demo-event.js';

type Spoil = (sheet: Sheet, time: number) => DemoEvent;

/** Before it is spoilt. */
const good = (sheet: Sheet, time: number, indicator = 'inspections', figure = '"value":4'): DemoEvent =>
  reportedEvent(sheet, indicator, 1, time, figure);

const edited =
  (from: string, to: string): Spoil =>
  (sheet, time) => {
    const { key, value } = good(sheet, time);
    return { key, value: value.replace(from, to) };
  };

const figure =
  (indicator: string, text: string): Spoil =>
  (sheet, time) =>
    good(sheet, time, indicator, text);

/** With the code that each is refused with. */
export const rubbish: readonly (readonly [string, Spoil])[] = [
  ['MALFORMED_JSON', (sheet, time) => ({ key: sheet.unit, value: good(sheet, time).value.slice(0, -9) })],
  ['MALFORMED_JSON', ({ unit, period }) => ({ key: unit, value: `${unit};${period};b;12;30` })],
  ['NOT_CLOUDEVENT', edited('"specversion":"1.0",', '')],
  ['NOT_CLOUDEVENT', edited('+07:00"', '"')],
  ['UNKNOWN_TYPE', edited('reported.v1', 'reported.v0')],
  ['SCHEMA', edited('"value":4', '"value":"4"')],
  ['SCHEMA', edited('"value":4', '"value":4,"note":"bổ sung sau"')],
  ['SCHEMA', edited('"value":4', '"value":-4')],
  ['UNKNOWN_UNIT', (sheet, time) => good({ ...sheet, unit: '99999' }, time)],
  ['SOURCE_MISMATCH', (sheet, time) => ({ ...good(sheet, time), key: sheet.unit === '00004' ? '00008' : '00004' })],
  ['UNKNOWN_INDICATOR', figure('visits', '"value":4')],
  ['LEVEL_NOT_ALLOWED', figure('certificates', '"value":4')],
  ['INVALID_PERIOD', (sheet, time) => good({ ...sheet, period: '2026-13' }, time)],
  ['FUTURE_PERIOD', (sheet, time) => good({ ...sheet, period: `${LAST_YEAR}-12` }, time)],
  ['WRONG_MEASURE', figure('c', '"value":4')],
  ['VALUE_TOO_LARGE', figure('h', '"value":2')],
  ['NUMERATOR_EXCEEDS_DENOMINATOR', figure('c', '"numerator":31,"denominator":13')],
  ['BREAKDOWN_INVALID', figure('e', '"numerator":1,"denominator":1')],
  ['BREAKDOWN_INVALID', figure('loans', '"value":3,"breakdown":{"person":{"value":2},"business":{"value":2}}')],
];
