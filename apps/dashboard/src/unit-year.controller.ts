/** A reporting unit's year: its months by its indicators, each cell with what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAndHolds } from '#access';
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
import { eventFrom, parametersOf, yearFrom } from './requests.js';
import { SuspiciousFigures, suspicionView } from './suspicious-cells.js';

/** An event is waited for for eight seconds, as an instant is that is asked as of. */
const [ARRIVAL_LOOKS, ARRIVAL_PAUSE_MS] = [33, 250];

const eventQuery = {
  name: 'event',
  required: false,
  description: 'An event of the unit that was just sent: the answer waits for it, up to eight seconds',
  schema: { type: 'string', pattern: '^.{1,256}$' },
} as const;

@ApiTags('rollups')
@Controller('v1')
export class UnitYearController {
  constructor(
    private readonly history: HistoryReader,
    private readonly reader: RollupReader,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    private readonly refusals: RefusalViews,
    private readonly suspiciousFigures: SuspiciousFigures,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('units/:code/year')
  @NeedsAndHolds('figures.read', { param: 'code', downTo: 'communes' })
  @ApiOperation({ operationId: 'unitYear', summary: "A reporting unit's months by its indicators" })
  @ApiParam({ name: 'code', schema: reportingUnitSchema })
  @ApiQuery({ name: 'year', schema: yearSchema })
  @ApiQuery(eventQuery)
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
    const asked = parametersOf(query, 'year', 'event');
    const year = yearFrom(asked.year);
    const event = asked.event === undefined ? undefined : eventFrom(asked.event);
    await this.answers.send(request, reply, () => this.yearOf(unit, year, event));
  }

  private async yearOf(unit: Unit, year: string, event: string | undefined): Promise<unknown> {
    const window = windowIndex(year) as number;
    const words = await this.wordsWith(event, unit, window);
    const [months, refused, suspicious] = await Promise.all([
      this.months(unit, window, words),
      this.refusals.waiting(unit, window, words),
      this.suspiciousFigures.in([unit], window),
    ]);
    const flagged = new Map(suspicious.map((cell) => [`${cell.indicator}|${cell.month}`, suspicionView(cell)]));
    const name = unitOn(unit, ictDay(this.now())).fullName;
    return {
      ...{ unit: unit.code, name, province: provinceOf(unit), year },
      months: months.map((month) => monthView(month, refused, flagged)),
    };
  }

  /** The unit's words, as soon as an event that was just sent is among them, or some seconds later without it. */
  private async wordsWith(event: string | undefined, unit: Unit, window: number): Promise<readonly MonthWords[]> {
    for (let look = 1; ; look += 1) {
      const months = await this.history.months([unit], window);
      const isThere = event === undefined || months.some(({ words }) => words.some(({ id }) => id === event));
      if (isThere || look === ARRIVAL_LOOKS) return months;
      await sleep(ARRIVAL_PAUSE_MS);
    }
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

/** By `indicator|month`, their indexes. */
type Flagged = ReadonlyMap<string, ReturnType<typeof suspicionView>>;

const monthView = (
  { month, status, deadline, isLocked, cells }: YearMonth,
  refused: WaitingRefusals,
  flagged: Flagged,
) => ({
  period: monthCode(month),
  status,
  deadline: new Date(deadline).toISOString(),
  isLocked,
  cells: cells.map((cell) => ({
    ...cellView(cell),
    refused: refused.get(`${cell.indicator}|${month}`) ?? null,
    flagged: flagged.get(`${cell.indicator}|${month}`) ?? null,
  })),
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
