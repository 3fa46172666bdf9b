/** The history of a figure: which changes of cells made it what it is, down to the event. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Needs } from '#access';
import {
  figureHistory,
  instantText,
  indicatorIndex,
  monthCode,
  reportingUnits,
  windowCode,
  type FigureChange,
} from '#domain';
import { ApiList, ApiProblems } from '#service/http';
import { HistoryReader } from '#store';
import { cursorQuery, indicatorSchema, limitQuery, unitSchema, windowSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { indicatorFrom, InvalidParameter, limitFrom, parametersOf, unitFrom, windowFrom } from './requests.js';

const MOST = 1_000;
const USUAL = 100;
/** Any place, whether or not there is a change at it. */
const CURSOR = /^([0-9]{1,15})_([0-9]{1,4})_([0-9]{1,2})$/;

@ApiTags('rollups')
@Controller('v1')
export class HistoryController {
  constructor(private readonly reader: HistoryReader) {}

  @Get('units/:code/history')
  @Needs('figures.read', { param: 'code', downTo: 'communes' })
  @ApiOperation({ operationId: 'history', summary: "The changes that made a unit's figure, newest first" })
  @ApiParam({ name: 'code', schema: unitSchema })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiQuery({ name: 'indicator', schema: indicatorSchema })
  @ApiQuery(limitQuery(USUAL, MOST))
  @ApiQuery(cursorQuery(CURSOR))
  @ApiList('History', 'A page of changes; they add up from nothing to the figure')
  @ApiProblems({
    ...whyNotRead,
    400: 'A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR',
  })
  async history(@Param('code') code: string, @Query() query: Record<string, unknown>): Promise<unknown> {
    const asked = parametersOf(query, 'window', 'indicator', 'limit', 'cursor');
    const unit = unitFrom(code);
    const window = windowFrom(asked.window);
    const indicator = indicatorFrom(asked.indicator);
    const limit = limitFrom(asked.limit, USUAL, MOST);
    const before = cursorFrom(asked.cursor);
    const months = await this.reader.monthsBelow(unit, window);
    const changes = figureHistory(months, indicatorIndex(indicator) as number);
    const older = before === undefined ? changes : changes.filter((change) => isOlder(change, before));
    const page = older.slice(-limit).reverse();
    const next = older.length > limit ? { next: cursorOf(page[page.length - 1]) } : {};
    return { unit: unit.code, window: windowCode(window), indicator, items: page.map(itemOf), ...next };
  }
}

/** The place of a change: no two of an indicator have the same, and what comes later has a later one. */
type Place = Pick<FigureChange, 'at' | 'unit' | 'month'>;

const isOlder = (a: Place, b: Place): boolean => (a.at - b.at || a.unit - b.unit || a.month - b.month) < 0;

const cursorOf = ({ at, unit, month }: Place): string => `${at}_${unit}_${month}`;

const cursorFrom = (text: string | undefined): Place | undefined => {
  if (text === undefined) return undefined;
  const parts = CURSOR.exec(text);
  if (parts === null) throw new InvalidParameter("cursor is a page's next");
  const [at, unit, month] = parts.slice(1).map(Number);
  return { at, unit, month };
};

const itemOf = ({ at, unit, month, word, isDecided, ...figures }: FigureChange): unknown => ({
  at: new Date(at).toISOString(),
  unit: reportingUnits[unit].code,
  period: monthCode(month),
  cause: isDecided ? 'decision' : 'event',
  event: word === undefined ? null : { id: word.id, revision: word.revision, time: instantText(word) },
  ...figures,
});
