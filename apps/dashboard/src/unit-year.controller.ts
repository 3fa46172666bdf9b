/** A reporting unit's year: its months by its indicators, each cell with what became of it. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '#access';
import {
  cellFigureOf,
  ictDay,
  indicators,
  instantText,
  monthCode,
  monthIndex,
  monthsOfWindow,
  percentOf,
  provinceOf,
  unitOn,
  unitYear,
  windowIndex,
  type Calendar,
  type MonthWords,
  type Report,
  type Unit,
  type YearCell,
  type YearMonth,
} from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiAnswer, ApiProblems } from '#service/http';
import { CALENDAR, HistoryReader, RollupReader } from '#store';
import { FigureAnswers, notModified } from './conditional.js';
import { reportingUnitFrom } from './decision.requests.js';
import { reportingUnitSchema, yearSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { RefusalViews, type WaitingRefusals } from './refusal-views.js';
import { parametersOf, yearFrom } from './requests.js';

@ApiTags('rollups')
@Controller('v1')
export class UnitYearController {
  constructor(
    private readonly history: HistoryReader,
    private readonly reader: RollupReader,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    private readonly refusals: RefusalViews,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('units/:code/year')
  @Needs('figures.read', { param: 'code', downTo: 'communes' })
  @ApiOperation({ operationId: 'unitYear', summary: "A reporting unit's months by its indicators" })
  @ApiParam({ name: 'code', schema: reportingUnitSchema })
  @ApiQuery({ name: 'year', schema: yearSchema })
  @ApiAnswer('UnitYear', 'Its own reports, month by month; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems({ ...whyNotRead, 400: 'A parameter that is not known or means nothing: INVALID_PARAMETER' })
  async year(
    @Param('code') code: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const unit = reportingUnitFrom(code);
    const year = yearFrom(parametersOf(query, 'year').year);
    await this.answers.send(request, reply, () => this.yearOf(unit, year));
  }

  private async yearOf(unit: Unit, year: string): Promise<unknown> {
    const window = windowIndex(year) as number;
    const words = await this.history.months([unit], window);
    const [months, refused] = await Promise.all([this.months(unit, window, words), this.refusals.waiting(unit, words)]);
    const name = unitOn(unit, ictDay(this.now())).fullName;
    return {
      ...{ unit: unit.code, name, province: provinceOf(unit), year },
      months: months.map((month) => monthView(month, refused)),
    };
  }

  private async months(unit: Unit, window: number, words: readonly MonthWords[]): Promise<YearMonth[]> {
    const [decided, reportsOf] = await Promise.all([
      this.history.decisions(provinceOf(unit), monthsOfWindow(window)),
      this.reader.reports(unit, window),
    ]);
    const decisions = new Map(Array.from(decided, ([period, each]) => [monthIndex(period) as number, each]));
    return unitYear(unit, window, { words, decisions, reportsOf }, this.now(), this.calendar);
  }
}

const monthView = ({ month, status, deadline, isLocked, cells }: YearMonth, refused: WaitingRefusals) => ({
  period: monthCode(month),
  status,
  deadline: new Date(deadline).toISOString(),
  isLocked,
  cells: cells.map((cell) => ({ ...cellView(cell), refused: refused.get(`${cell.indicator}|${month}`) ?? null })),
});

const cellView = ({ indicator, state, word, held }: YearCell) => {
  const figure = word === undefined ? null : cellFigureOf(word);
  return {
    indicator: indicators[indicator].code,
    state,
    figure,
    percent: figure === null ? null : percentOf(figure),
    event: word === undefined ? null : eventView(word),
    held: held === undefined ? null : { figure: cellFigureOf(held), event: eventView(held) },
  };
};

const eventView = (report: Report) => ({
  id: report.id,
  revision: report.revision,
  time: instantText(report),
  receivedAt: new Date(report.receivedAt).toISOString(),
});
