/**
 * Rubbish: what real systems send by mistake, one maker for each kind, so that refusals have something to show.
 *
 * Each takes a cell of a commune and sends something spoilt in its place. None can ever be accepted, so nothing here moves a figure.
 */
import { LAST_YEAR } from '#domain';
import { reportedEvent, type Cell, type DemoEvent } from './demo-event.js';

type Spoil = (cell: Cell, time: number) => DemoEvent;

/** Before it is spoilt: `cell` names a count that communes report. */
const good = (cell: Cell, time: number): DemoEvent => reportedEvent(cell, 1, time, '"value":4');
const other = (cell: Cell, indicator: string): Cell => ({ ...cell, indicator });
const edited = ({ key, value }: DemoEvent, from: string, to: string): DemoEvent => ({
  key,
  value: value.replace(from, to),
});

/** By the code that the event is refused with. */
export const rubbish: readonly (readonly [string, Spoil])[] = [
  ['MALFORMED_JSON', (cell, time) => ({ key: cell.unit, value: good(cell, time).value.slice(0, -9) })],
  ['MALFORMED_JSON', (cell) => ({ key: cell.unit, value: `${cell.unit};${cell.period};b;12;30` })],
  ['NOT_CLOUDEVENT', (cell, time) => edited(good(cell, time), '"specversion":"1.0",', '')],
  ['NOT_CLOUDEVENT', (cell, time) => edited(good(cell, time), '+07:00"', '"')],
  ['UNKNOWN_TYPE', (cell, time) => edited(good(cell, time), 'reported.v1', 'reported.v0')],
  ['SCHEMA', (cell, time) => edited(good(cell, time), '"value":4', '"value":"4"')],
  ['SCHEMA', (cell, time) => edited(good(cell, time), '"value":4', '"value":4,"note":"bổ sung sau"')],
  ['SCHEMA', (cell, time) => edited(good(cell, time), '"value":4', '"value":-4')],
  ['UNKNOWN_UNIT', (cell, time) => good({ ...cell, unit: '99999' }, time)],
  ['SOURCE_MISMATCH', (cell, time) => ({ ...good(cell, time), key: cell.unit === '00004' ? '00008' : '00004' })],
  ['UNKNOWN_INDICATOR', (cell, time) => good(other(cell, 'visits'), time)],
  ['LEVEL_NOT_ALLOWED', (cell, time) => good(other(cell, 'certificates'), time)],
  ['INVALID_PERIOD', (cell, time) => good({ ...cell, period: '2026-13' }, time)],
  ['FUTURE_PERIOD', (cell, time) => good({ ...cell, period: `${LAST_YEAR}-12` }, time)],
  ['WRONG_MEASURE', (cell, time) => good(other(cell, 'c'), time)],
  ['VALUE_TOO_LARGE', (cell, time) => reportedEvent(other(cell, 'h'), 1, time, '"value":2')],
  [
    'NUMERATOR_EXCEEDS_DENOMINATOR',
    (cell, time) => reportedEvent(other(cell, 'c'), 1, time, '"numerator":31,"denominator":13'),
  ],
  ['BREAKDOWN_INVALID', (cell, time) => reportedEvent(other(cell, 'e'), 1, time, '"numerator":1,"denominator":1')],
  [
    'BREAKDOWN_INVALID',
    (cell, time) => reportedEvent(other(cell, 'loans'), 1, time, '"value":3,"breakdown":{"person":2,"business":2}'),
  ],
];
