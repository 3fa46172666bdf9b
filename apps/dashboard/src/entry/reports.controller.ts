/** What is typed about a unit's month: the form as it stands, and entering it. */
import { Controller, Get, HttpStatus, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '#access';
import { enterReportSchema } from '#contracts';
import { monthCode, MonthDecisions, provinceOf, windowIndex, type Calendar } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiAnswer, ApiProblems, problemOf, refTo, sendProblem } from '#service/http';
import { CALENDAR, HistoryReader } from '#store';
import { askerOf, bodyOf, periodFrom, reportingUnitFrom } from '../decision.requests.js';
import { periodSchema, reportingUnitSchema } from '../parameters.js';
import { whoMayNot, whyNotRead } from '../problems.js';
import { parametersOf } from '../requests.js';
import { IntakeClient } from './intake-client.js';
import { ReportEntry } from './report-entry.js';
import { reportForm } from './report-form.js';

const ofUnit = { name: 'code', schema: reportingUnitSchema, description: 'A commune, or a province' };
const ofPeriod = { name: 'period', schema: periodSchema, description: 'A month' };

@ApiTags('entry')
@Controller('v1/units/:code/reports/:period')
export class ReportsController {
  constructor(
    private readonly history: HistoryReader,
    private readonly entry: ReportEntry,
    private readonly intake: IntakeClient,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CALENDAR) private readonly calendar: Calendar,
  ) {}

  @Get()
  @Needs('figures.read', { param: 'code', downTo: 'communes' })
  @ApiOperation({
    operationId: 'reportForm',
    summary: "A unit's month as it is entered: its cells and their revisions",
  })
  @ApiParam(ofUnit)
  @ApiParam(ofPeriod)
  @ApiAnswer('ReportForm', 'the month as it stands')
  @ApiProblems({ ...whyNotRead, 400: 'The country reports nothing itself, or it is no month: INVALID_PARAMETER' })
  async form(
    @Param('code') code: string,
    @Param('period') period: string,
    @Query() query: Record<string, unknown>,
  ): Promise<object> {
    parametersOf(query);
    const unit = reportingUnitFrom(code);
    const month = periodFrom(period);
    const [words, decided] = await Promise.all([
      this.history.months([unit], windowIndex(period) as number),
      this.history.decisions(provinceOf(unit), [month]),
    ]);
    return reportForm(
      unit,
      { month, period: monthCode(month) },
      {
        words: words.flatMap((each) => each.words),
        decisions: decided.get(period) ?? MonthDecisions.none,
        isConfigured: this.intake.isConfigured,
        now: this.now(),
        calendar: this.calendar,
      },
    );
  }

  @Post()
  @Needs('events.publish', { param: 'code' })
  @ApiOperation({
    operationId: 'enterReport',
    summary: 'Enters cells of a month, or that nothing arose in it: checked, and sent to the intake as events',
  })
  @ApiParam(ofUnit)
  @ApiParam(ofPeriod)
  @ApiBody({ required: true, schema: refTo('EnterReport') })
  @ApiAnswer('EnteredReport', 'what the intake took; what it refused, by its place', { status: 202 })
  @ApiProblems({
    ...whoMayNot,
    400: 'The body is another: INVALID_PARAMETER',
    404: 'No unit has this code: UNKNOWN_UNIT',
    409: 'A cell says something else than when it was seen: REPORT_CHANGED. Nothing was sent',
    415: 'The body is not application/json: UNSUPPORTED_MEDIA_TYPE',
    503: 'The intake takes nothing now (INTAKE_UNAVAILABLE), no answer of it was seen (ENTRY_UNDER_WAY: the same once more does no harm), figures are not entered here (ENTRY_NOT_CONFIGURED), or MongoDB or the audit log is away',
  })
  @ApiProblems({ 422: 'Some of it is not right, and nothing was taken: EVENTS_REFUSED' }, 'ReportRefused')
  async enter(
    @Param('code') code: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [unit, month] = [reportingUnitFrom(code), periodFrom(period)];
    const entry = bodyOf(enterReportSchema, request);
    const entered = await this.entry.enter(askerOf(request), unit, month, entry);
    if (entered.accepted > 0) {
      await reply.status(HttpStatus.ACCEPTED).send(entered);
      return;
    }
    const problem = problemOf(HttpStatus.UNPROCESSABLE_ENTITY, 'nothing was taken: some of it is not right');
    const refused = { ...problem, title: 'Not right', code: 'EVENTS_REFUSED', rejected: entered.rejected };
    await sendProblem(reply, refused);
  }
}
