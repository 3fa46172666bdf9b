/** The calendar of reports: a unit's year, month by month, and of a province that of each of its communes. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAndHolds } from '#access';
import {
  ictDay,
  monthCode,
  monthsOfWindow,
  reportCalendar,
  reportersOf,
  unitOn,
  windowIndex,
  type Calendar,
  type CalendarRow,
  type Unit,
} from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiList, ApiProblems } from '#service/http';
import { CALENDAR, RollupReader } from '#store';
import { FigureAnswers, notModified } from './conditional.js';
import { reportingUnitFrom } from './decision.requests.js';
import { reportingUnitSchema, yearSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { parametersOf, yearFrom } from './requests.js';

@ApiTags('rollups')
@Controller('v1')
export class CalendarController {
  constructor(
    private readonly reader: RollupReader,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('units/:code/calendar')
  @NeedsAndHolds('figures.read', { param: 'code' })
  @ApiOperation({
    operationId: 'calendar',
    summary: "What each report of a year is: a province's communes and its own, or one commune",
  })
  @ApiParam({ name: 'code', schema: reportingUnitSchema, description: 'A province, or a commune' })
  @ApiQuery({ name: 'year', schema: yearSchema })
  @ApiList('ReportCalendar', 'One row for each unit, and the counts of each month; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNotRead)
  async ofYear(
    @Param('code') code: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const unit = reportingUnitFrom(code);
    const year = yearFrom(parametersOf(query, 'year').year);
    await this.answers.send(request, reply, () => this.calendarOf(unit, year));
  }

  private async calendarOf(unit: Unit, year: string): Promise<unknown> {
    const window = windowIndex(year) as number;
    const reportsOf = await this.reader.reports(unit, window);
    const rows = reportCalendar(reportersOf(unit), window, reportsOf, this.now(), this.calendar);
    const periods = monthsOfWindow(window).map(monthCode);
    const day = ictDay(this.now());
    const items = rows.map((row) => ({
      unit: row.unit.code,
      name: unitOn(row.unit, day).fullName,
      months: Object.fromEntries(periods.map((period, n) => [period, row.statuses[n]])),
    }));
    const months = periods.map((period, n) => ({ period, ...countsOf(rows, n) }));
    return { unit: unit.code, year, months, items };
  }
}

/** How many reports of a month are what. @param month its place in the year */
const countsOf = (rows: readonly CalendarRow[], month: number): Record<string, number> => {
  const counts = { onTime: 0, late: 0, partial: 0, missing: 0, ahead: 0 };
  for (const { statuses } of rows) counts[statuses[month]] += 1;
  const { ahead, ...begun } = counts;
  return { expected: rows.length - ahead, ...begun };
};
